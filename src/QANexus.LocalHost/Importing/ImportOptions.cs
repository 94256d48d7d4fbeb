namespace QANexus.LocalHost.Importing;

/// <summary>What to import, and where to.</summary>
internal sealed record ImportOptions
{
    public const string DefaultBaseAddress = "http://localhost:7071";
    public const int DefaultConcurrency = 16;
    public const int MaxConcurrency = 256;

    /// <summary>The file: one append request a line.</summary>
    public required string File { get; init; }

    /// <summary>Where the host is, without <c>/api</c>.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Appends under way at a time.</summary>
    public int Concurrency { get; init; } = DefaultConcurrency;
}

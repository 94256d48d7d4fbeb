namespace QANexus.LocalHost.Demo;

/// <summary>Where the demonstration plays.</summary>
internal sealed record DemoOptions
{
    /// <summary>The running host.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>In whose name; a new tenant where nothing is said.</summary>
    public string? Tenant { get; init; }

    /// <summary>How long a view may take to show what has happened. Default 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}

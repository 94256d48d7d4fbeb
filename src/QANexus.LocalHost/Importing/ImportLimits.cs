namespace QANexus.LocalHost.Importing;

/// <summary>What bounds an import's memory, however large its file.</summary>
internal sealed record ImportLimits
{
    /// <summary>Bytes of a line. The API takes 1 MiB of body, so what is longer than twice that cannot be appended.</summary>
    public int LineBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Lines read and not settled.</summary>
    public int WindowLines { get; init; } = 4096;

    /// <summary>Bytes of the lines read and not settled; one line may always be under way.</summary>
    public long WindowBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Streams whose last position is remembered. A stream that comes back after so many others appends its next line without precondition,
    /// as it did its first.
    /// </summary>
    public int RememberedStreams { get; init; } = 100_000;

    /// <summary>Lines in a row, whichever their streams, that no server answered: it is gone, and the import ends.</summary>
    public int UnansweredLines { get; init; } = 3;
}

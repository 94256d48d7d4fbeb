namespace QANexus.Domain.TestReports;

/// <summary>What a report may be made of; with them the memory that reading takes does not depend on the length of the report.</summary>
public sealed record TestReportLimits
{
    /// <summary>As where nobody has said otherwise.</summary>
    public static TestReportLimits Default { get; } = new();

    /// <summary>Tests in one report.</summary>
    public int MaxTests { get; init; } = 1_000_000;

    /// <summary>Elements within one another.</summary>
    public int MaxDepth { get; init; } = 128;

    /// <summary>
    /// Bytes of one tag with its attributes, one comment, one processing instruction, the white space between two elements. Text may be of any length.
    /// </summary>
    public int MaxMarkupBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Different names of elements and attributes.</summary>
    public int MaxNames { get; init; } = 10_000;

    /// <summary>UTF-16 code units of a name, a class, a suite that are kept.</summary>
    public int MaxNameLength { get; init; } = 500;

    /// <summary>Of a message.</summary>
    public int MaxMessageLength { get; init; } = 1_000;

    /// <summary>Of details.</summary>
    public int MaxDetailsLength { get; init; } = 4_000;
}

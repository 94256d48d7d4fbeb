using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Sql;

/// <summary>
/// Which documents a query wants, and in which order. Every bound is a hint that the source may use to read less: whatever it yields besides is
/// filtered again. The order is not a hint, and neither is <see cref="AfterNumber"/>.
/// </summary>
internal sealed record ScanRequest
{
    public ScanOrder Order { get; init; }

    /// <summary>Only documents with a greater number.</summary>
    public ulong AfterNumber { get; init; }

    /// <summary>Only documents with one of these ids.</summary>
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Only documents that have, of one of these, every text at its place.</summary>
    public IReadOnlyList<IReadOnlyDictionary<PropertyPath, string>>? Named { get; init; }

    /// <summary>The least id, ordinal by UTF-8 bytes.</summary>
    public string? FromId { get; init; }

    public bool FromInclusive { get; init; }

    /// <summary>The greatest id, ordinal by UTF-8 bytes.</summary>
    public string? ToId { get; init; }

    public bool ToInclusive { get; init; }
}

internal enum ScanOrder
{
    /// <summary>Ascending by number.</summary>
    Number,

    /// <summary>Ascending by the UTF-8 bytes of the id; asked only of a single logical partition.</summary>
    IdAscending,

    IdDescending,
}

using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Planning;

/// <summary>How a client runs a query over several partitions: what it sends to each, and how it merges the answers.</summary>
internal sealed record QueryPlan
{
    public DistinctKind Distinct { get; init; }

    public int? Top { get; init; }

    public int? Offset { get; init; }

    public int? Limit { get; init; }

    public IReadOnlyList<OrderByItem> OrderBy { get; init; } = [];

    public IReadOnlyList<Expression> GroupBy { get; init; } = [];

    /// <summary>What the members of a group's row are called, with the aggregate each of them is; null for none.</summary>
    public IReadOnlyList<(string Alias, string? Aggregate)> GroupAliases { get; init; } = [];

    /// <summary>The aggregate of a SELECT VALUE.</summary>
    public string? Aggregate { get; init; }

    public bool HasSelectValue { get; init; }

    /// <summary>What the count of distinct rows is to be called, empty for a SELECT VALUE; null where that is not what the query asks for.</summary>
    public string? DistinctCountAlias { get; init; }

    /// <summary>The query to send to each partition; null for the original one.</summary>
    public SelectQuery? Rewritten { get; init; }
}

internal enum DistinctKind
{
    None,

    /// <summary>Equal rows come one after the other.</summary>
    Ordered,

    Unordered,
}

using QANexus.LocalCosmos.Sql.Binding;

namespace QANexus.LocalCosmos.Sql.Aggregates;

/// <summary>A GROUP BY, or the one group of a query that has aggregates only.</summary>
/// <param name="Keys">The GROUP BY expressions; none where all rows are one group.</param>
/// <param name="FirstKeySlot">The slot of the first key; the others follow it.</param>
/// <param name="Aggregates">What each group computes.</param>
internal sealed record Grouping(IReadOnlyList<Evaluator> Keys, int FirstKeySlot, IReadOnlyList<AggregateCall> Aggregates)
{
    public Groups NewGroups() => new(this);
}

/// <summary>An aggregate function, the expression it folds and the slot of its result.</summary>
internal sealed record AggregateCall(Func<Accumulator> NewAccumulator, Evaluator Argument, int Slot);

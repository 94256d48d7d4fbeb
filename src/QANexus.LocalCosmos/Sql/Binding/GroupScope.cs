using QANexus.LocalCosmos.Sql.Aggregates;
using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>What an expression over groups may refer to: the group's keys, and aggregates of its rows.</summary>
internal sealed class GroupScope(int firstKeySlot)
{
    private readonly List<Evaluator> keys = [];
    private readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);
    private readonly List<AggregateCall> aggregates = [];

    public void AddKey(Expression expression, Evaluator evaluator)
    {
        slots.TryAdd(Printer.PrintCanonical(expression), firstKeySlot + keys.Count);
        keys.Add(evaluator);
    }

    public bool TryFindKey(Expression expression, out int slot)
    {
        slot = -1;
        return slots.Count > 0 && slots.TryGetValue(Printer.PrintCanonical(expression), out slot);
    }

    public void AddAggregate(AggregateCall aggregate) => aggregates.Add(aggregate);

    public Grouping ToGrouping() => new(keys, firstKeySlot, aggregates);
}

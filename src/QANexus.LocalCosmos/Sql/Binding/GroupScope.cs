using QANexus.LocalCosmos.Sql.Aggregates;
using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>What an expression over groups may refer to: the group's keys, and aggregates of its rows.</summary>
internal sealed class GroupScope(int firstKeySlot)
{
    private readonly List<Evaluator> _keys = [];
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<AggregateCall> _aggregates = [];

    public void AddKey(Expression expression, Evaluator evaluator)
    {
        _slots.TryAdd(Printer.PrintCanonical(expression), firstKeySlot + _keys.Count);
        _keys.Add(evaluator);
    }

    public bool TryFindKey(Expression expression, out int slot)
    {
        slot = -1;
        return _slots.Count > 0 && _slots.TryGetValue(Printer.PrintCanonical(expression), out slot);
    }

    public void AddAggregate(AggregateCall aggregate) => _aggregates.Add(aggregate);

    public Grouping ToGrouping() => new(_keys, firstKeySlot, _aggregates);
}

using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Aggregates;

/// <summary>The groups of one evaluation. They come out in the order of their keys, so that a page can go on behind a key.</summary>
internal sealed class Groups
{
    private readonly Grouping _grouping;
    private readonly SortedDictionary<SqlValue, Accumulator[]> _groups = new(SqlOrder.Instance);

    public Groups(Grouping grouping)
    {
        _grouping = grouping;
        // Without keys there is one group even over no rows at all.
        if (_grouping.Keys.Count == 0)
            _groups.Add(Key([]), NewAccumulators());
    }

    public void Add(Frame frame)
    {
        var key = Key([.. _grouping.Keys.Select(expression => expression(frame))]);
        if (!_groups.TryGetValue(key, out var accumulators))
            _groups.Add(key, accumulators = NewAccumulators());
        for (int i = 0; i < accumulators.Length; i++)
            accumulators[i].Add(_grouping.Aggregates[i].Argument(frame));
    }

    /// <summary>Puts each group's keys and results into their slots and calls back, with the array of its keys, until told to stop.</summary>
    public bool ForEach(Frame frame, Func<SqlValue, bool> next)
    {
        foreach (var (key, accumulators) in _groups)
        {
            for (int i = 0; i < key.Items.Count; i++)
                frame.Slots[_grouping.FirstKeySlot + i] = key.Items[i];
            for (int i = 0; i < accumulators.Length; i++)
                frame.Slots[_grouping.Aggregates[i].Slot] = accumulators[i].Result;
            if (!next(key))
                return false;
        }

        return true;
    }

    private Accumulator[] NewAccumulators() => [.. _grouping.Aggregates.Select(static aggregate => aggregate.NewAccumulator())];

    private static SqlValue Key(SqlValue[] values) => SqlValue.FromArray(values);
}

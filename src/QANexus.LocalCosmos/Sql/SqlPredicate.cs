using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Syntax;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql;

/// <summary>A condition on one document, such as that of a patch: <c>FROM c WHERE c.n = 11</c>. Not safe for use by several threads at once.</summary>
internal sealed class SqlPredicate
{
    private readonly BoundSelect _bound;
    private readonly int _slots;

    private SqlPredicate(BoundSelect bound, int slots)
    {
        _bound = bound;
        _slots = slots;
    }

    /// <exception cref="SqlException">The text is no condition.</exception>
    public static SqlPredicate Parse(string text) => Parse(text, TimeProvider.System);

    /// <exception cref="SqlException">The text is no condition.</exception>
    public static SqlPredicate Parse(string text, TimeProvider clock)
    {
        var binder = new Binder(new Parameters(), clock);
        return new SqlPredicate(binder.BindSelect(Parser.ParseFilter(text), static _ => false), binder.Slots);
    }

    /// <summary>Whether the condition is true, not merely not false, of a document with this JSON text.</summary>
    public bool Matches(ReadOnlyMemory<byte> body)
    {
        var frame = new Frame(_slots, CancellationToken.None) { Container = [body] };
        if (_bound.DocumentFilter is not null)
        {
            frame.Slots[_bound.DocumentSlot!.Value] = SqlValue.FromRawObject(body);
            if (!_bound.DocumentFilter(frame).IsTrue)
                return false;
        }

        return !_bound.Query.ForEach(frame, static _ => false);
    }
}

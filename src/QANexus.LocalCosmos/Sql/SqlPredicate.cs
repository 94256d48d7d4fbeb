using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Syntax;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql;

/// <summary>A condition on one document, such as that of a patch: <c>FROM c WHERE c.n = 11</c>. Not safe for use by several threads at once.</summary>
internal sealed class SqlPredicate
{
    private readonly BoundSelect bound;
    private readonly int slots;

    private SqlPredicate(BoundSelect bound, int slots)
    {
        this.bound = bound;
        this.slots = slots;
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
        var frame = new Frame(slots) { Container = [body] };
        if (bound.DocumentFilter is not null)
        {
            frame.Slots[bound.DocumentSlot!.Value] = SqlValue.FromRawObject(body);
            if (!bound.DocumentFilter(frame).IsTrue)
                return false;
        }

        return !bound.Query.ForEach(frame, static _ => false);
    }
}

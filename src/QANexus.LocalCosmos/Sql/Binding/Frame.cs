using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>
/// What an evaluation knows: a slot for each input set, group key and aggregate of the query and its subqueries. Loops overwrite the slots in
/// place, so a row that outlives its turn must be projected first.
/// </summary>
internal sealed class Frame(int size, CancellationToken cancellation)
{
    public SqlValue[] Slots { get; } = new SqlValue[size];

    /// <summary>Looked at by every loop over rows, as joins can make a great many of a few documents.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>The bodies of the documents in scope. Enumerated once.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Container { get; set; } = [];
}

/// <summary>A compiled expression.</summary>
internal delegate SqlValue Evaluator(Frame frame);

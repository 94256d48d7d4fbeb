using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Syntax;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>What every way of running a query needs: the compiled query, the documents, and the page to fill.</summary>
internal sealed class QueryRun(
    SelectQuery syntax, BoundSelect bound, int slots, RowLimits limits, IDocumentSource source, ScanRequest scan, PageBuilder page,
    CancellationToken cancellation)
{
    public SelectQuery Syntax => syntax;

    public BoundSelect Bound => bound;

    public RowLimits Limits => limits;

    /// <summary>The documents to read, as far as WHERE bounds them.</summary>
    public ScanRequest Scan => scan;

    public PageBuilder Page => page;

    /// <summary>The document that is being looked at.</summary>
    public SourceDocument Document { get; private set; }

    /// <summary>Whether a document gives one row at most, so that behind a row there is nothing left of its document.</summary>
    public bool IsOneRowPerDocument =>
        syntax.From is AliasedSource { Collection: PathCollection { Path: Identifier } };

    /// <summary>Whether the storage can yield the documents in the order that the query wants.</summary>
    public bool IsOrderedById =>
        source.IsSingleLogicalPartition && IsOneRowPerDocument && !Syntax.Select.Distinct && Syntax.OrderBy.Count == 1 &&
        DocumentName.Of(Syntax.From) is { } document && DocumentName.IsId(Syntax.OrderBy[0].Expression, document);

    /// <summary>
    /// A frame whose container is the documents that an index would find. Calls back for each of them, as it has to be loaded.
    /// </summary>
    public Frame Open(ScanRequest wanted, Action<SourceDocument> load)
    {
        var frame = new Frame(slots, cancellation);
        frame.Container = Read(wanted, frame, load);
        return frame;
    }

    private IEnumerable<ReadOnlyMemory<byte>> Read(ScanRequest wanted, Frame frame, Action<SourceDocument> load)
    {
        foreach (var document in source.Scan(wanted))
        {
            // Those that the filter drops never come to a loop over rows.
            cancellation.ThrowIfCancellationRequested();
            if (Bound.DocumentFilter is not null)
            {
                frame.Slots[Bound.DocumentSlot!.Value] = SqlValue.FromRawObject(document.Body);
                if (!Bound.DocumentFilter(frame).IsTrue)
                    continue;
            }

            Document = document;
            load(document);
            yield return document.Body;
        }
    }
}

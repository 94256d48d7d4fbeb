using System.Text.Json;
using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Execution;

namespace QANexus.LocalCosmos.Sql;

/// <summary>Runs queries, a page at a time.</summary>
internal static class QueryExecution
{
    /// <summary>
    /// Returns the page behind the request's continuation: at most <see cref="QueryRequest.MaxItems"/> rows and about 4 MiB. Reads no more of
    /// the source than the page needs where the query's order allows it.
    /// </summary>
    /// <param name="request">The page wanted.</param>
    /// <param name="source">The documents in scope.</param>
    /// <param name="isIndexed">Whether a path such as <c>/a/b</c> or <c>/tags/[]</c> is indexed; decides what counts as loaded.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for the page any more.</exception>
    /// <exception cref="SqlException">The query, its parameters or its continuation are wrong, or it asks for what is not supported.</exception>
    public static QueryPage Execute(QueryRequest request, IDocumentSource source, Func<string, bool> isIndexed)
    {
        var parameters = Parameters.Parse(request.Parameters);
        var binder = new Binder(parameters, request.Clock);
        var query = request.Query.Syntax;
        var bound = binder.BindSelect(query, isIndexed);
        var limits = RowLimits.Of(query, binder);
        var scan = IdBounds.Narrow(new ScanRequest { Named = NamedDocuments.Of(query, parameters) }, query, parameters);
        var run = new QueryRun(query, bound, binder.Slots, limits, source, scan, new PageBuilder(request.MaxItems), request.Cancellation);
        if (bound.Query.Grouping is not null)
        {
            if (request.ResumeFilter is { ValueKind: not JsonValueKind.Null })
                throw SqlException.NotSupported("resume filter for groups", query.Span);
            return new GroupedQuery(run).Execute(request.Continuation);
        }

        if (bound.OrderBy.Count == 0)
            return new StreamedQuery(run).Execute(request.Continuation);
        request.RequireOrder([.. bound.OrderBy.Select(static key => key.Column)]);
        var resume = ResumeFilter.Parse(request.ResumeFilter, bound.OrderBy.Count);
        return run.IsOrderedById
            ? new IdOrderedQuery(run).Execute(request.Continuation, resume)
            : new SortedQuery(run, isIndexed).Execute(request.Continuation, resume);
    }
}

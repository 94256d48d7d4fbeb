using System.Text.Json;

namespace QANexus.LocalCosmos.Sql;

/// <summary>One page of a query.</summary>
/// <param name="Query">The query.</param>
/// <param name="Parameters">The request's <c>parameters</c>: an array of <c>{"name":"@p","value":...}</c>.</param>
/// <param name="MaxItems">The most rows of the page; zero or less means 1000.</param>
/// <param name="Continuation">What the previous page returned.</param>
/// <param name="ResumeFilter">The request's <c>resumeFilter</c>: where in the sort order to take up an ORDER BY.</param>
internal sealed record QueryRequest(SqlQuery Query, JsonElement? Parameters, int MaxItems, string? Continuation, JsonElement? ResumeFilter)
{
    /// <summary>What GetCurrentDateTime and its like read.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Ends the query between two rows, also between those that a join makes of one document.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Gets the columns of an ORDER BY before anything is read, and throws where no index can serve them. By default any order will do.</summary>
    public Action<IReadOnlyList<SortColumn>> RequireOrder { get; init; } = static _ => { };
}

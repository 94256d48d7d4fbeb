using Microsoft.AspNetCore.Http;
using QANexus.Api.Limits;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Streams;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Views;

namespace QANexus.Api.Views;

/// <summary>The query of a read of a view.</summary>
/// <param name="MaxCount">Documents of the page at most.</param>
/// <param name="Cursor">Where the page before ended.</param>
/// <param name="AtLeast">What the view must have reached.</param>
internal readonly record struct ViewQuery(int MaxCount, string? Cursor, StreamReached? AtLeast)
{
    public const string CursorName = "cursor";

    private const int DefaultMaxCount = 200;

    public static bool TryReadPage(IQueryCollection query, RequestLimits limits, out ViewQuery read, out Problem? problem)
    {
        var parameters = new QueryParameters(query);
        read = new ViewQuery(
            parameters.MaxCount(IViewReader.LargestMaxCount, DefaultMaxCount, limits), parameters.Text(CursorName), AtLeastOf(parameters));
        return parameters.IsValid(out problem);
    }

    public static bool TryRead(IQueryCollection query, out StreamReached? atLeast, out Problem? problem)
    {
        var parameters = new QueryParameters(query);
        atLeast = AtLeastOf(parameters);
        return parameters.IsValid(out problem);
    }

    private static StreamReached? AtLeastOf(QueryParameters parameters) =>
        parameters.Value<StreamReached>("atLeast", TryParse, "must be {aggregateType}:{aggregateId}@<etag>, an ETag of that stream");

    /// <summary>The last @ is meant, as an aggregate's id may contain some.</summary>
    private static bool TryParse(string? text, out StreamReached reached)
    {
        reached = default;
        var at = text?.LastIndexOf('@') ?? -1;
        if (at < 0 || !StreamId.TryParse(text![..at], out var stream)
            || !PositionClaim.TryParseUnquoted(text[(at + 1)..], out var claim) || claim.Commit is null)
        {
            return false;
        }

        reached = new StreamReached(stream, claim.Position);
        return true;
    }
}

using Microsoft.AspNetCore.Http;
using QANexus.Api.Events;
using QANexus.Api.Limits;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.EventStore.Feeds;

namespace QANexus.Api.Feeds;

/// <summary>What is asked of a feed.</summary>
/// <param name="Options">How to read it.</param>
/// <param name="Cursor">Where to go on; null for the beginning.</param>
internal sealed record FeedRequest(FeedReadOptions Options, string? Cursor)
{
    private const string LastEventId = "Last-Event-ID";

    /// <param name="request">The request.</param>
    /// <param name="isLive">
    /// Whether an event stream is asked for. Who reconnects to one asks for the same URL and says in a header how far it came, so the header wins.
    /// </param>
    /// <param name="limits">What the tenant may have.</param>
    /// <param name="feed">What it asks for.</param>
    /// <param name="problem">Why it cannot be had.</param>
    public static bool TryRead(HttpRequest request, bool isLive, RequestLimits limits, out FeedRequest feed, out Problem? problem)
    {
        var parameters = new QueryParameters(request.Query);
        var cursor = parameters.Text("cursor");
        var options = new FeedReadOptions
        {
            MaxCount = parameters.MaxCount(FeedReadOptions.LargestMaxCount, FeedReadOptions.DefaultMaxCount, limits),
            Form = EventFormParameter.Read(parameters),
            // An event stream waits by itself, so that there the parameter is not known.
            Wait = isLive ? TimeSpan.Zero : TimeSpan.FromSeconds(parameters.Integer("wait", 0, (long)FeedReadOptions.LongestWait.TotalSeconds) ?? 0),
        };
        feed = new FeedRequest(options, isLive && request.Headers[LastEventId] is [{ Length: > 0 } last] ? last : cursor);
        return parameters.IsValid(out problem);
    }
}

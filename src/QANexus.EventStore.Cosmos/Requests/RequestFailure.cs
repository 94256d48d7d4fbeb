using System.Globalization;
using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>
/// A request that Cosmos DB did not carry out, told apart in one place: throttled (certainly not carried out), transient (perhaps carried
/// out: try again), or refused (trying again will not help).
/// </summary>
/// <param name="Status">The HTTP status; null where no answer came.</param>
/// <param name="SubStatus">Cosmos DB's refinement of it.</param>
/// <param name="RetryAfter">How long Cosmos DB asks to wait.</param>
/// <param name="Cause">The SDK's exception, where it threw one.</param>
internal sealed record RequestFailure(HttpStatusCode? Status, int SubStatus, TimeSpan? RetryAfter, Exception? Cause)
{
    private const HttpStatusCode RetryWith = (HttpStatusCode)449;
    private const int ReadSessionNotAvailable = 1002;
    private const int MalformedContinuation = 20007;

    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    public bool IsThrottled => Status is HttpStatusCode.TooManyRequests;

    /// <summary>No answer, or one that leaves the outcome open. 449 and 410 are the SDK's to retry and reach us when it gives up.</summary>
    public bool IsTransient =>
        Status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.Gone or RetryWith
        || Status >= HttpStatusCode.InternalServerError
        || (Status is HttpStatusCode.NotFound && SubStatus == ReadSessionNotAvailable);

    /// <summary>The item does not exist, while its container does.</summary>
    public bool IsNotFound => Status is HttpStatusCode.NotFound && SubStatus == 0;

    /// <summary>The SDK cannot go on from the continuation it was given; so it says, too, of another container's of the same name.</summary>
    public bool IsMalformedContinuation => Status is HttpStatusCode.BadRequest && SubStatus == MalformedContinuation;

    /// <summary>A document of that id or unique key exists.</summary>
    public bool IsConflict => Status is HttpStatusCode.Conflict;

    /// <summary>The item is not, or not any more, what the request was conditional on.</summary>
    public bool IsPreconditionFailed => Status is HttpStatusCode.PreconditionFailed;

    public static RequestFailure From(ResponseMessage response) => new(
        response.StatusCode,
        NumberIn(response.Headers, "x-ms-substatus") ?? 0,
        NumberIn(response.Headers, "x-ms-retry-after-ms") is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        Cause: null);

    public static RequestFailure From(TransactionalBatchResponse response) => new(
        response.StatusCode, NumberIn(response.Headers, "x-ms-substatus") ?? 0, response.RetryAfter, Cause: null);

    /// <summary>The failure behind an exception of the SDK or its transport; null for an exception that is none.</summary>
    public static RequestFailure? From(Exception exception) => exception switch
    {
        CosmosException cosmos => new RequestFailure(cosmos.StatusCode, cosmos.SubStatusCode, cosmos.RetryAfter, cosmos),
        HttpRequestException or IOException or TimeoutException or OperationCanceledException => new RequestFailure(null, 0, null, exception),
        _ => null,
    };

    public EventStoreException ToException() => this switch
    {
        { IsThrottled: true } => new StoreThrottledException(RetryAfter ?? DefaultRetryAfter, Cause),
        { IsMalformedContinuation: true } => OfAnotherContainer(Cause),
        _ => new StoreUnavailableException(
            Status is null ? "The store did not answer." : $"The store answered {(int)Status.Value}/{SubStatus}.", RetryAfter ?? DefaultRetryAfter, Cause),
    };

    /// <summary>What a position in the feed of a container that is gone comes to.</summary>
    public static InvalidFeedPositionException OfAnotherContainer(Exception? cause = null) =>
        new("The position is not one of this feed, or its container was made anew since: begin without one.", cause);

    private static int? NumberIn(Headers headers, string name) =>
        int.TryParse(headers[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}

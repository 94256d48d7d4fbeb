using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using QANexus.Api.TestReports;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Upcasting;

namespace QANexus.Api.Problems;

/// <summary>The one place where exceptions become problems. Nothing of an exception reaches the caller but what its type promises.</summary>
internal static class Failure
{
    private static readonly TimeSpan StoppingDelay = TimeSpan.FromSeconds(1);

    /// <param name="exception">What was thrown.</param>
    /// <param name="isStopping">The host has cancelled the invocation, while the caller still waits.</param>
    public static Problem Translate(Exception exception, bool isStopping) => exception switch
    {
        InvalidAppendException invalid => Problem.Invalid(invalid.Violations),
        InvalidFeedPositionException => new Problem(
            ProblemCode.CursorInvalid, "The cursor does not lead into this feed: its container may have been made anew since, or the tenant cleared. Begin without a cursor."),
        StoreThrottledException throttled =>
            new Problem(ProblemCode.Throttled, "The store has no request units left; nothing was written.").RetryAfter(throttled.RetryAfter),
        StoreUnavailableException unavailable =>
            new Problem(
                ProblemCode.StoreUnavailable,
                "The store did not answer, has not reached the position asked for, or other writers won too often; nothing was written.")
                .RetryAfter(unavailable.RetryAfter),
        AppendOutcomeUnknownException unknown =>
            (new Problem(
                ProblemCode.StoreUnavailable,
                "The outcome of the append is not known. Repeat it with this idempotency key: that settles the matter and stores nothing twice.")
            {
                IdempotencyKey = unknown.CommitId.Value,
            }).RetryAfter(unknown.RetryAfter),
        RedactionUnfinishedException unfinished =>
            new Problem(ProblemCode.StoreUnavailable, "The redaction is not finished: data may still be there. Repeat it.").RetryAfter(unfinished.RetryAfter),
        TenantClearUnfinishedException unfinished =>
            new Problem(
                ProblemCode.StoreUnavailable, "The tenant's events cannot be reached any more, but are not all deleted. Repeat the request to go on.")
                .RetryAfter(unfinished.RetryAfter),
        ImportUnfinishedException unfinished =>
            new Problem(
                unfinished.IsThrottled ? ProblemCode.Throttled : ProblemCode.StoreUnavailable,
                "The import is not finished: part of the test run may be stored. Send the same report again to go on.")
                .RetryAfter(unfinished.RetryAfter),
        UpcastingFailedException failed => new Problem(ProblemCode.UpcastingFailed, failed.Message)
        {
            Schema = new EventTypeVersion(failed.Type, failed.Version),
            Step = failed.Step,
        },
        UnknownSchemaVersionException unknown => new Problem(ProblemCode.UpcastingFailed, unknown.Message)
        {
            Schema = new EventTypeVersion(unknown.Type, unknown.Version),
            Step = $"{unknown.Type} v{unknown.Version}",
        },
        FoldFailedException failed => new Problem(
            ProblemCode.InternalError, $"Event {failed.Version} of the stream, a {failed.Type}, cannot be folded into its aggregate; nothing was written."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new Problem(ProblemCode.PayloadTooLarge, "The body is larger than this server takes."),
        BadHttpRequestException => new Problem(ProblemCode.MalformedRequest, "The request's body could not be received."),
        OperationCanceledException when isStopping =>
            new Problem(ProblemCode.StoreUnavailable, "The server is stopping; nothing was written.").RetryAfter(StoppingDelay),
        _ => new Problem(ProblemCode.InternalError, "Something unforeseen went wrong; the trace id finds it in the log."),
    };

    public static void Log(ILogger logger, Exception exception, Problem problem, string traceId)
    {
        switch (exception)
        {
            case CorruptStreamException corrupt:
                ProblemLog.StreamDamaged(logger, corrupt.Stream, traceId, corrupt);
                break;
            case AppendOutcomeUnknownException unknown:
                ProblemLog.OutcomeUnknown(logger, unknown.CommitId, traceId, unknown);
                break;
            case UpcastingFailedException or UnknownSchemaVersionException when problem.Code == ProblemCode.UpcastingFailed:
                ProblemLog.UpcastingFailed(logger, exception.Message, traceId, CauseOf(exception));
                break;
            case FoldFailedException:
                ProblemLog.FoldFailed(logger, exception.Message, traceId, CauseOf(exception));
                break;
            case EventStoreException when problem.Code == ProblemCode.StoreUnavailable:
                ProblemLog.StoreUnavailable(logger, traceId, exception);
                break;
            case EventStoreException or BadHttpRequestException or OperationCanceledException when problem.Code != ProblemCode.InternalError:
                ProblemLog.Refused(logger, problem.Code.Code, traceId);
                break;
            default:
                ProblemLog.Unforeseen(logger, traceId, exception);
                break;
        }
    }

    /// <summary>The message of what an upcasting step or a fold threw may quote the event, so only where it was thrown is told.</summary>
    private static string CauseOf(Exception exception) =>
        exception.InnerException is { } thrown ? $"{thrown.GetType()}\n{thrown.StackTrace}" : "nothing was thrown";
}

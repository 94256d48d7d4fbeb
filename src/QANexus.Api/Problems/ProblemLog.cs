using Microsoft.Extensions.Logging;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Problems;

/// <summary>Log messages of the API, 2000 to 2099. A payload is never in one.</summary>
internal static partial class ProblemLog
{
    [LoggerMessage(2000, LogLevel.Error, "Request {TraceId} failed")]
    public static partial void Unforeseen(ILogger logger, string traceId, Exception exception);

    [LoggerMessage(2001, LogLevel.Critical, "Stream {Stream} is damaged, found by request {TraceId}")]
    public static partial void StreamDamaged(ILogger logger, StreamId stream, string traceId, Exception exception);

    [LoggerMessage(2002, LogLevel.Warning, "The outcome of append {CommitId} of request {TraceId} is unknown")]
    public static partial void OutcomeUnknown(ILogger logger, CommitId commitId, string traceId, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "The store could not serve request {TraceId}")]
    public static partial void StoreUnavailable(ILogger logger, string traceId, Exception exception);

    [LoggerMessage(2004, LogLevel.Information, "Request {TraceId} was refused: {Code}")]
    public static partial void Refused(ILogger logger, string code, string traceId);

    [LoggerMessage(2005, LogLevel.Debug, "The client of request {TraceId} has gone")]
    public static partial void ClientGone(ILogger logger, string traceId);

    [LoggerMessage(2006, LogLevel.Error, "Request {TraceId} met an event that cannot be upcast: {Detail} Cause: {Cause}")]
    public static partial void UpcastingFailed(ILogger logger, string detail, string traceId, string cause);

    [LoggerMessage(2007, LogLevel.Debug, "The live feed of request {TraceId} has ended")]
    public static partial void LiveFeedEnded(ILogger logger, string traceId);

    [LoggerMessage(2008, LogLevel.Error, "Request {TraceId} met an event that cannot be folded: {Detail} Cause: {Cause}")]
    public static partial void FoldFailed(ILogger logger, string detail, string traceId, string cause);
}

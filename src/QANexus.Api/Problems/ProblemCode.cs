using Microsoft.AspNetCore.Http;

namespace QANexus.Api.Problems;

/// <summary>A kind of problem: the one table of codes, statuses and titles.</summary>
internal sealed record ProblemCode
{
    public static readonly ProblemCode MalformedRequest = new("malformed-request", StatusCodes.Status400BadRequest, "The request is not well-formed");
    public static readonly ProblemCode ValidationFailed = new("validation-failed", StatusCodes.Status400BadRequest, "The request is not valid");
    public static readonly ProblemCode CursorInvalid = new("cursor-invalid", StatusCodes.Status400BadRequest, "The cursor is not valid here");
    public static readonly ProblemCode Unauthenticated = new("unauthenticated", StatusCodes.Status401Unauthorized, "The caller is not known");
    public static readonly ProblemCode Forbidden = new("forbidden", StatusCodes.Status403Forbidden, "The caller may not do this");
    public static readonly ProblemCode NotFound = new("not-found", StatusCodes.Status404NotFound, "Not found");
    public static readonly ProblemCode MethodNotAllowed = new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "The method is not allowed here");
    public static readonly ProblemCode NotAcceptable = new("not-acceptable", StatusCodes.Status406NotAcceptable, "No acceptable representation");
    public static readonly ProblemCode InvariantViolated = new("invariant-violated", StatusCodes.Status409Conflict, "A rule would be broken");
    public static readonly ProblemCode TransitionNotAllowed = new("transition-not-allowed", StatusCodes.Status409Conflict, "The status does not allow this");
    public static readonly ProblemCode VersionConflict = new("version-conflict", StatusCodes.Status412PreconditionFailed, "The stream is not where it was expected");
    public static readonly ProblemCode PayloadTooLarge = new("payload-too-large", StatusCodes.Status413PayloadTooLarge, "The request is too large");
    public static readonly ProblemCode UnsupportedMediaType = new("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, "The body's media type is not supported");
    public static readonly ProblemCode IdempotencyKeyReused = new("idempotency-key-reused", StatusCodes.Status422UnprocessableEntity, "The idempotency key stands for another request");
    public static readonly ProblemCode SchemaVersionUnknown = new("schema-version-unknown", StatusCodes.Status422UnprocessableEntity, "The schema version is newer than this build");
    public static readonly ProblemCode Throttled = new("throttled", StatusCodes.Status429TooManyRequests, "Too many requests");
    public static readonly ProblemCode InternalError = new("internal-error", StatusCodes.Status500InternalServerError, "Something unforeseen went wrong");
    public static readonly ProblemCode UpcastingFailed = new("upcasting-failed", StatusCodes.Status500InternalServerError, "A stored event cannot be brought to its latest form");
    public static readonly ProblemCode StoreUnavailable = new("store-unavailable", StatusCodes.Status503ServiceUnavailable, "The store is not available");

    private ProblemCode(string code, int status, string title) => (Code, Status, Title) = (code, status, title);

    /// <summary>Every code there is.</summary>
    public static IReadOnlyList<ProblemCode> All { get; } =
    [
        MalformedRequest, ValidationFailed, CursorInvalid, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, NotAcceptable,
        InvariantViolated, TransitionNotAllowed, VersionConflict, PayloadTooLarge, UnsupportedMediaType, IdempotencyKeyReused, SchemaVersionUnknown, Throttled, InternalError,
        UpcastingFailed, StoreUnavailable,
    ];

    public string Code { get; }

    public int Status { get; }

    public string Title { get; }

    /// <summary>The problem type of RFC 9457.</summary>
    public string Type => "urn:qanexus:problem:" + Code;
}

using System.Globalization;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Responses;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Upcasting;

namespace QANexus.Api.Problems;

/// <summary>An answer that says why something was not done (RFC 9457).</summary>
/// <param name="Code">What kind of problem.</param>
/// <param name="Detail">What happened this time, in words for the caller.</param>
internal sealed record Problem(ProblemCode Code, string Detail) : Answer
{
    /// <summary>Errors that are told; a body of nothing else would only be sent back.</summary>
    private const int MaxErrors = 100;

    /// <summary>What exactly is wrong with the request.</summary>
    public IReadOnlyList<ProblemError> Errors { get; init; } = [];

    /// <summary>The name of the rule that says no.</summary>
    public string? Rule { get; init; }

    /// <summary>Where the stream is, if it is not where it was expected.</summary>
    public long? CurrentVersion { get; init; }

    /// <summary>The precondition that would hold there.</summary>
    public string? CurrentETag { get; init; }

    /// <summary>The key to repeat an append with whose outcome is not known.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The event schema that it is about.</summary>
    public EventTypeVersion? Schema { get; init; }

    /// <summary>The upcasting step that failed.</summary>
    public string? Step { get; init; }

    /// <summary>One or more things wrong with the request's form.</summary>
    public static Problem Invalid(params IReadOnlyList<ProblemError> errors) =>
        new(ProblemCode.ValidationFailed, Describe(errors)) { Errors = [.. errors.Take(MaxErrors)] };

    /// <summary>An append that breaks rules or limits; limits decide the code, as no other form of the same content would pass.</summary>
    public static Problem Invalid(IReadOnlyList<AppendViolation> violations)
    {
        ProblemError[] errors = [.. violations.Select(static violation => new ProblemError(violation.Pointer, violation.Message))];
        return new Problem(violations.Any(static violation => violation.IsTooLarge) ? ProblemCode.PayloadTooLarge : ProblemCode.ValidationFailed, Describe(errors))
        {
            Errors = errors,
        };
    }

    /// <summary>An append of events that a newer build has to write.</summary>
    public static Problem SchemaVersionUnknown(UnknownSchemaVersionException unknown) =>
        new(ProblemCode.SchemaVersionUnknown, $"{unknown.Message} Nothing was written.") { Schema = new EventTypeVersion(unknown.Type, unknown.Version) };

    /// <summary>The same, to be tried again after <paramref name="delay"/>: in whole seconds, at least one.</summary>
    public Problem RetryAfter(TimeSpan delay) => this with
    {
        Headers =
        [
            .. Headers,
            new(HeaderNames.RetryAfter, Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture)),
        ],
    };

    private static string Describe(IReadOnlyList<ProblemError> errors) => errors.Count == 1
        ? $"{errors[0].Pointer} {errors[0].Message}.".TrimStart()
        : string.Create(CultureInfo.InvariantCulture, $"{errors.Count} things are wrong with the request; see errors.");
}

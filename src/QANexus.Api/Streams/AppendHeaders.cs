using Microsoft.AspNetCore.Http;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Streams;

/// <summary>What the headers of an append say.</summary>
/// <param name="Precondition">What the stream must be like.</param>
/// <param name="IdempotencyKey">The caller's key, if any.</param>
internal readonly record struct AppendHeaders(AppendPrecondition Precondition, CommitId? IdempotencyKey)
{
    public static bool TryRead(IHeaderDictionary headers, out AppendHeaders read, out Problem? problem) =>
        TryRead(headers, hasBody: true, out read, out problem);

    /// <param name="headers">The request's.</param>
    /// <param name="hasBody">Whether there is a body, which must be JSON then.</param>
    /// <param name="read">What they say.</param>
    /// <param name="problem">What is wrong with them.</param>
    public static bool TryRead(IHeaderDictionary headers, bool hasBody, out AppendHeaders read, out Problem? problem)
    {
        read = default;
        if (hasBody && !ContentNegotiation.SendsJson(headers))
        {
            problem = new Problem(ProblemCode.UnsupportedMediaType, "The body must be application/json in UTF-8, without a content coding.");
            return false;
        }

        var errors = new List<ProblemError>();
        if (!AppendPrecondition.TryRead(headers, out var precondition, out var error))
        {
            errors.Add(error);
        }

        var key = headers[ApiHeaders.IdempotencyKey];
        var hasKey = CommitId.TryParse(key.Count == 1 ? key[0] : null, out var commitId);
        if (!hasKey && key.Count > 0)
        {
            errors.Add(ProblemError.InHeader(ApiHeaders.IdempotencyKey, "must be 1-255 visible ASCII characters, once"));
        }

        read = new AppendHeaders(precondition, hasKey ? commitId : null);
        problem = errors.Count == 0 ? null : Problem.Invalid(errors);
        return problem is null;
    }
}

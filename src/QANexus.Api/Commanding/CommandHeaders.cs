using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Problems;
using QANexus.Api.Streams;
using QANexus.EventStore.Appending;

namespace QANexus.Api.Commanding;

/// <summary>What the headers of a command may ask for.</summary>
internal static class CommandHeaders
{
    /// <summary>Those of an append; but what begins an aggregate has no position yet, and what needs one cannot ask that there is none.</summary>
    public static bool TryRead(HttpRequest request, bool begins, out AppendHeaders headers, out Problem? problem)
    {
        var hasBody = request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0;
        if (!AppendHeaders.TryRead(request.Headers, hasBody, out headers, out problem))
        {
            return false;
        }

        var wrong = begins
            ? request.Headers.IfMatch.Count > 0 ? HeaderNames.IfMatch : null
            : headers.Precondition.Stated == ExpectedPosition.NoStream ? HeaderNames.IfNoneMatch : null;
        problem = wrong is null ? null : Problem.Invalid(ProblemError.InHeader(
            wrong, begins ? "is not for what begins an aggregate" : "is for what begins an aggregate only"));
        return problem is null;
    }
}

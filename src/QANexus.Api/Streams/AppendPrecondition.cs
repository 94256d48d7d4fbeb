using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Problems;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Streams;

/// <summary>What <c>If-Match</c> and <c>If-None-Match</c> of an append ask of the stream.</summary>
/// <param name="Stated">What is asked, unless it is a position.</param>
/// <param name="Claim">The position that is claimed.</param>
internal readonly record struct AppendPrecondition(ExpectedPosition? Stated, PositionClaim Claim)
{
    public static bool TryRead(IHeaderDictionary headers, out AppendPrecondition precondition, [NotNullWhen(false)] out ProblemError? error)
    {
        var (match, noneMatch) = (headers.IfMatch, headers.IfNoneMatch);
        precondition = default;
        error = (match.Count, noneMatch.Count) switch
        {
            (0, 0) => null,
            ( > 0, > 0) => ProblemError.InHeader(HeaderNames.IfMatch, "and If-None-Match exclude each other"),
            (0, _) => noneMatch is ["*"] ? null : ProblemError.InHeader(HeaderNames.IfNoneMatch, "must be * on an append"),
            _ => TryReadMatch(match, out precondition)
                ? null
                : ProblemError.InHeader(
                    HeaderNames.IfMatch, "must be * or one strong ETag: \"version.commit.tag\", \"version.commit\" or \"version\""),
        };
        if (match.Count == 0)
        {
            precondition = new AppendPrecondition(noneMatch.Count == 0 ? ExpectedPosition.Any : ExpectedPosition.NoStream, default);
        }

        return error is null;
    }

    /// <summary>What the store is to expect. A position is trusted only under the store's own signature.</summary>
    public async ValueTask<ExpectedPosition> ResolveAsync(PositionTags tags, TenantId tenant, StreamId stream, CancellationToken cancellationToken)
    {
        if (Stated is not null)
        {
            return Stated;
        }

        if (Claim.Commit is null)
        {
            return ExpectedPosition.AtVersion(Claim.Version);
        }

        return await tags.IsGenuineAsync(Claim, tenant, stream, cancellationToken)
            ? ExpectedPosition.At(Claim.Position)
            : ExpectedPosition.Claimed(Claim.Position);
    }

    private static bool TryReadMatch(StringValues match, out AppendPrecondition precondition)
    {
        precondition = new AppendPrecondition(ExpectedPosition.StreamExists, default);
        if (match is ["*"])
        {
            return true;
        }

        var valid = PositionClaim.TryParseQuoted(match.Count == 1 ? match[0] : null, out var claim);
        precondition = new AppendPrecondition(Stated: null, claim);
        return valid;
    }
}

using Microsoft.AspNetCore.Http;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Streams;
using QANexus.EventStore.Aggregates;

namespace QANexus.Api.Aggregates;

/// <summary>Reads the query of a state read.</summary>
internal static class StateQuery
{
    private const string Version = "version";
    private const string AsOf = "asOf";

    public static bool TryRead(IQueryCollection query, out StateReadOptions options, out Problem? problem)
    {
        var parameters = new QueryParameters(query);
        options = new StateReadOptions
        {
            Version = parameters.Integer(Version, 1, long.MaxValue),
            AsOf = parameters.Time(AsOf),
            AtLeast = parameters.Value<PositionClaim>("atLeast", PositionClaim.TryParseUnquoted, "must be an ETag of the stream")?.Position,
        };
        if (!parameters.IsValid(out problem))
        {
            return false;
        }

        problem = options is { Version: not null, AsOf: not null }
            ? Problem.Invalid(ProblemError.InQuery(AsOf, $"and {Version} exclude each other"))
            : null;
        return problem is null;
    }
}

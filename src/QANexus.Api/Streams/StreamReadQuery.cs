using Microsoft.AspNetCore.Http;
using QANexus.Api.Events;
using QANexus.Api.Limits;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.EventStore.Reading;

namespace QANexus.Api.Streams;

/// <summary>Reads the query of a stream read.</summary>
internal static class StreamReadQuery
{
    public const string FromVersion = "fromVersion";

    public const string ToVersion = "toVersion";

    public static bool TryRead(IQueryCollection query, RequestLimits limits, out StreamReadOptions options, out Problem? problem)
    {
        var parameters = new QueryParameters(query);
        options = new StreamReadOptions
        {
            FromVersion = parameters.Integer(FromVersion, 1, long.MaxValue) ?? 1,
            ToVersion = parameters.Integer(ToVersion, 0, long.MaxValue),
            Direction = DirectionParameter.Read(parameters),
            MaxCount = parameters.MaxCount(StreamReadOptions.LargestMaxCount, StreamReadOptions.DefaultMaxCount, limits),
            AsOf = parameters.Time("asOf"),
            AtLeast = parameters.Value<PositionClaim>("atLeast", PositionClaim.TryParseUnquoted, "must be an ETag of the stream")?.Position,
            Form = EventFormParameter.Read(parameters),
        };
        return parameters.IsValid(out problem);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.Api.Streams;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Aggregates;

/// <summary>Folds any registered aggregate, now or as it was.</summary>
public sealed class StateEndpoints(EndpointPipeline pipeline, IAggregateStates states, PositionTags tags)
{
    /// <summary>The state: 200, 304 to whoever has it, 404 where there is none.</summary>
    public Task<IResult> ReadAsync(
        HttpRequest request, string? tenantId, string? aggregateType, string? aggregateId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.ReadState, request, tenantId,
            (tenant, cancellation) => ReadAsync(request, tenant, aggregateType, aggregateId, cancellation), cancellationToken);

    private async Task<Answer> ReadAsync(
        HttpRequest request, AuthorizedTenant tenant, string? aggregateType, string? aggregateId, CancellationToken cancellationToken)
    {
        if (!StreamPath.TryParse(aggregateType, aggregateId, out var stream, out var problem)
            || !StateQuery.TryRead(request.Query, out var options, out problem))
        {
            return problem!;
        }

        if (!states.Knows(stream.AggregateType))
        {
            return new Problem(ProblemCode.NotFound, $"No aggregate of the type {stream.AggregateType} is known here; its events can be read all the same.");
        }

        if (await states.ReadAsync(tenant.Store, stream, options, cancellationToken) is not { } state)
        {
            return new Problem(ProblemCode.NotFound, Missing(stream, options));
        }

        // A state of the past is nothing to build on: no ETag.
        List<KeyValuePair<string, string>> headers = [];
        if (state.Position is { } position)
        {
            var tagger = await tags.ForTenantAsync(tenant.Id, cancellationToken);
            headers.Add(new(HeaderNames.ETag, tagger.Format(stream, position)));
            if (await tags.IsKnownAsync(request.Headers, tenant.Id, stream, position, cancellationToken))
            {
                return new NotModifiedAnswer { Headers = headers, RequestCharge = state.RequestCharge };
            }
        }

        return new JsonAnswer(StatusCodes.Status200OK, Write(state)) { Headers = headers, RequestCharge = state.RequestCharge };
    }

    private static string Missing(StreamId stream, StateReadOptions options) => options switch
    {
        { Version: { } version } => $"The stream {stream} has no event {version}.",
        { AsOf: not null } => $"The stream {stream} had no events then.",
        _ => $"The stream {stream} has no events.",
    };

    private static ReadOnlyMemory<byte> Write(AggregateState state) => JsonText.Write(256 + state.Json.Length, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("aggregateType"u8, state.Stream.AggregateType.Value);
        writer.WriteString("aggregateId"u8, state.Stream.AggregateId.Value);
        writer.WriteNumber("version"u8, state.Version);
        writer.WriteNumber("commit"u8, state.Commit);
        writer.WritePropertyName("state"u8);
        writer.WriteRawValue(state.Json.Span, skipInputValidation: true);
        writer.WriteEndObject();
    });
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.Api.Streams;
using QANexus.EventStore.Aggregates;

namespace QANexus.Api.Commanding;

/// <summary>Shows an aggregate of the domain by its name.</summary>
public sealed class AggregateReads(EndpointPipeline pipeline, PositionTags tags)
{
    /// <summary>The state: 200, 304 to whoever has it, 404 where there is none.</summary>
    internal Task<IResult> ReadAsync<TState>(
        Operation operation, AggregateRepositories<TState> aggregates, HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken)
        where TState : class =>
        pipeline.RunAsync(
            operation, request, tenantId, (tenant, cancellation) => ReadAsync(aggregates, request, tenant, id, cancellation), cancellationToken);

    private async Task<Answer> ReadAsync<TState>(
        AggregateRepositories<TState> aggregates, HttpRequest request, AuthorizedTenant tenant, string? id, CancellationToken cancellationToken)
        where TState : class
    {
        var query = new QueryParameters(request.Query);
        var atLeast = query.Value<PositionClaim>("atLeast", PositionClaim.TryParseUnquoted, "must be an ETag of the aggregate")?.Position;
        if (!query.IsValid(out var problem)
            || !StreamPath.TryParse(aggregates.Definition.Type.Value, id, out var stream, out problem))
        {
            return problem!;
        }

        var repository = aggregates.For(tenant.Store);
        var found = atLeast is { } position
            ? await repository.LoadAsync(stream.AggregateId, position, cancellationToken)
            : await repository.LoadAsync(stream.AggregateId, cancellationToken);
        if (!found.Exists)
        {
            return new Problem(ProblemCode.NotFound, $"There is no {stream}.") { RequestCharge = found.RequestCharge };
        }

        var tagger = await tags.ForTenantAsync(tenant.Id, cancellationToken);
        List<KeyValuePair<string, string>> headers = [new(HeaderNames.ETag, tagger.Format(stream, found.Position))];
        return await tags.IsKnownAsync(request.Headers, tenant.Id, stream, found.Position, cancellationToken)
            ? new NotModifiedAnswer { Headers = headers, RequestCharge = found.RequestCharge }
            : new JsonAnswer(
                StatusCodes.Status200OK,
                JsonText.Write(1024, writer => AggregateJson.Write(writer, tenant.Id, found.State, aggregates.Definition.StateType)))
            {
                Headers = headers,
                RequestCharge = found.RequestCharge,
            };
    }
}

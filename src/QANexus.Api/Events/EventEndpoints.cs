using Microsoft.AspNetCore.Http;
using QANexus.Api.Links;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Events;

/// <summary>Finds and counts events across a tenant's streams.</summary>
public sealed class EventEndpoints(EndpointPipeline pipeline, EventCursors cursors, LinkBuilder links)
{
    private const int MaxPartsNamed = 20;

    /// <summary>One page of the events that match.</summary>
    public Task<IResult> QueryAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.QueryEvents, request, tenantId, (tenant, cancellation) => QueryAsync(request, tenant, cancellation), cancellationToken);

    /// <summary>The event of an id, or 404.</summary>
    public Task<IResult> FindAsync(HttpRequest request, string? tenantId, string? eventId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.FindEvent, request, tenantId, (tenant, cancellation) => FindAsync(request, tenant, eventId, cancellation), cancellationToken);

    /// <summary>How many events there are.</summary>
    public Task<IResult> CountAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.CountEvents, request, tenantId, (tenant, cancellation) => CountAsync(request, tenant, cancellation), cancellationToken);

    private async Task<Answer> QueryAsync(HttpRequest request, AuthorizedTenant tenant, CancellationToken cancellationToken)
    {
        if (!EventQueryParameters.TryRead(request.Query, tenant.Limits, out var query, out var cursor, out var problem))
        {
            return problem!;
        }

        if (cursor is not null)
        {
            query = query with { After = await cursors.ReadAsync(tenant.Id, query, cursor, cancellationToken) };
            if (query.After is null)
            {
                return new Problem(ProblemCode.CursorInvalid, "The cursor was not made by this store for this tenant and these conditions.");
            }
        }

        var page = await tenant.Store.QueryAsync(query, cancellationToken);
        var next = page.Next is { } place
            ? links.Self(request, EventQueryParameters.Cursor, await cursors.CreateAsync(tenant.Id, query, place, cancellationToken))
            : null;
        return Answered(page.RequestCharge, EventPageAnswer.Write(page.Events, next));
    }

    private static async Task<Answer> FindAsync(HttpRequest request, AuthorizedTenant tenant, string? eventId, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters(request.Query);
        var form = EventFormParameter.Read(parameters);
        if (!EventPath.TryParse(eventId, out var id, out var problem) || !parameters.IsValid(out problem))
        {
            return problem!;
        }

        var found = await tenant.Store.FindAsync(id, form, cancellationToken);
        return found.Event is { } e
            ? Answered(found.RequestCharge, JsonText.Write(EventJson.ExpectedBytes([e]), writer => EventJson.Write(writer, e)))
            : new Problem(ProblemCode.NotFound, DescribeMissing(id, found.Parts)) { RequestCharge = found.RequestCharge };
    }

    private static string DescribeMissing(EventId id, IReadOnlyList<EventId> parts)
    {
        if (parts.Count == 0)
        {
            return $"There is no event '{id}'.";
        }

        var others = parts.Count > MaxPartsNamed ? $" and {parts.Count - MaxPartsNamed} more" : string.Empty;
        return $"The event '{id}' is split: its parts are {string.Join(", ", parts.Take(MaxPartsNamed).Select(static part => $"'{part}'"))}{others}.";
    }

    private static async Task<Answer> CountAsync(HttpRequest request, AuthorizedTenant tenant, CancellationToken cancellationToken)
    {
        if (!EventQueryParameters.TryReadCount(request.Query, out var type, out var aggregateType, out var problem))
        {
            return problem!;
        }

        var count = await tenant.Store.CountAsync(type, aggregateType, cancellationToken);
        return Answered(count.RequestCharge, JsonText.Write(32, writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("count"u8, count.Count);
            writer.WriteEndObject();
        }));
    }

    private static JsonAnswer Answered(double requestCharge, ReadOnlyMemory<byte> body) =>
        new(StatusCodes.Status200OK, body) { RequestCharge = requestCharge };
}

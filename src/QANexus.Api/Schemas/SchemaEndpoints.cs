using Microsoft.AspNetCore.Http;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.Api.Schemas;

/// <summary>
/// Shows what this build knows of event types. That is the same for every tenant and nothing of any, so every caller who is known may see it.
/// </summary>
public sealed class SchemaEndpoints(EndpointPipeline pipeline, EventCatalog catalog)
{
    /// <summary>All types by name, on one page.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => pipeline.RunForCallerAsync(
        Operations.ListSchemas, request,
        _ => new QueryParameters(request.Query).IsValid(out var problem) ? Answered(SchemaJson.WriteAll(catalog.Types)) : problem!,
        cancellationToken);

    /// <summary>One type, or 404.</summary>
    public Task<IResult> ReadAsync(HttpRequest request, string? type, CancellationToken cancellationToken) => pipeline.RunForCallerAsync(
        Operations.ReadSchema, request, _ => Read(request, type), cancellationToken);

    private Answer Read(HttpRequest request, string? type)
    {
        if (!EventType.TryParse(type, out var name))
        {
            return Problem.Invalid(ProblemError.InPath("type", "must be 1-64 ASCII letters and digits, starting with a letter"));
        }

        if (!new QueryParameters(request.Query).IsValid(out var problem))
        {
            return problem!;
        }

        return catalog.TryGet(name, out var known)
            ? Answered(SchemaJson.Write(known))
            : new Problem(ProblemCode.NotFound, $"This build knows no event type '{name}'.");
    }

    private static JsonAnswer Answered(ReadOnlyMemory<byte> body) => new(StatusCodes.Status200OK, body);
}

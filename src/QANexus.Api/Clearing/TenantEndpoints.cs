using Microsoft.AspNetCore.Http;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.EventStore.Clearing;

namespace QANexus.Api.Clearing;

/// <summary>Removes everything that a tenant has, where that is enabled.</summary>
public sealed class TenantEndpoints(EndpointPipeline pipeline, IEnumerable<ITenantClearing> clearing)
{
    private readonly ITenantClearing? clearing = clearing.SingleOrDefault();

    /// <summary>Clears the tenant: 200 when done, 202 as long as there is more to delete.</summary>
    public Task<IResult> ClearAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.ClearTenant, request, tenantId, (tenant, cancellation) => ClearAsync(request, tenant, cancellation), cancellationToken);

    private async Task<Answer> ClearAsync(HttpRequest request, AuthorizedTenant tenant, CancellationToken cancellationToken)
    {
        if (clearing is null)
        {
            return new Problem(ProblemCode.Forbidden, "Clearing tenants is not enabled here, for anybody.");
        }

        if (!new QueryParameters(request.Query).IsValid(out var problem))
        {
            return problem!;
        }

        var confirmed = request.Headers[ApiHeaders.ConfirmTenant];
        if (confirmed is not [{ } name] || !string.Equals(name, tenant.Id.Value, StringComparison.Ordinal))
        {
            return Problem.Invalid(ProblemError.InHeader(ApiHeaders.ConfirmTenant, "must name the tenant whose events are to be removed"));
        }

        var result = await clearing.ClearAsync(tenant.Id, cancellationToken);
        return new JsonAnswer(result.IsDone ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, JsonText.Write(32, writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("deleted"u8, result.Deleted);
            writer.WriteEndObject();
        }))
        {
            RequestCharge = result.RequestCharge,
        };
    }
}

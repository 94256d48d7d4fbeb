using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Privacy;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class RedactionFunctions(RedactionEndpoints redaction)
{
    [Function("redact-event")]
    public Task<IResult> Redact(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.EventRedaction)] HttpRequest request,
        string tenantId, string eventId, CancellationToken cancellationToken) =>
        redaction.RedactAsync(request, tenantId, eventId, cancellationToken);
}

using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Routing;

/// <summary>A request about items of a container, the container as it was when the request came in, and how long somebody waits for the answer.</summary>
internal sealed record DataRequest(GatewayRequest Request, Route Route, Container Container, CancellationToken Cancellation)
{
    public string? Header(string name) => Request.Header(name);
}

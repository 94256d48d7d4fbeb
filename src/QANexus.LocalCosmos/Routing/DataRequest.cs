using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Routing;

/// <summary>A request about items of a container, and the container as it was when the request came in.</summary>
internal sealed record DataRequest(GatewayRequest Request, Route Route, Container Container)
{
    public string? Header(string name) => Request.Header(name);
}

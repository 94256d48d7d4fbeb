namespace QANexus.LocalCosmos.Gateway;

/// <summary>The transport-neutral core: one request in, one response out. Both hosts are thin shells around it.</summary>
internal interface IGateway
{
    /// <summary>Answers a request. Expected failures are responses; a transport turns an exception into a 500.</summary>
    ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken);
}

using System.Collections.Concurrent;
using System.Text;
using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Tests.Hosting;

/// <summary>Answers as the test says and keeps what came.</summary>
internal sealed class ScriptedGateway(Func<GatewayRequest, GatewayResponse> answer) : IGateway
{
    public ScriptedGateway()
        : this(request => GatewayResponse.Json(200, Encoding.UTF8.GetBytes($"{{\"path\":\"{string.Join('|', request.Segments)}\",\"bytes\":{request.Body.Length}}}")))
    {
    }

    public ConcurrentQueue<GatewayRequest> Requests { get; } = new();

    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        return ValueTask.FromResult(answer(request));
    }
}

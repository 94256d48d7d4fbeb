using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Hosting;

internal static class GatewayExtensions
{
    /// <summary>Answers whatever happens: an exception of the gateway becomes a 500 that names it, and the server goes on.</summary>
    public static async ValueTask<GatewayResponse> AnswerAsync(this IGateway gateway, GatewayRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await gateway.HandleAsync(request, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The last line of defence: one broken request must not take the others with it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return GatewayResponse.Error(
                500, $"{exception.GetType().Name}: {exception.Message}", activityId: request.Header(CosmosHeaders.ActivityId));
        }
    }

    public static GatewayResponse TooLarge() =>
        GatewayResponse.Error(413, $"Request size is too large: a body has at most {RequestLimits.MaxBodyBytes} bytes.");
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.EventStore.Health;

namespace QANexus.Api.Health;

/// <summary>Says whether the process and its store are well. Needs no caller and tells none anything else.</summary>
public sealed class HealthEndpoints(EndpointPipeline pipeline, IStoreProbe probe, ILogger<HealthEndpoints> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>200 as long as the process answers; touches nothing.</summary>
    public Task<IResult> LiveAsync(HttpRequest request, CancellationToken cancellationToken) =>
        pipeline.RunAsync(Operations.Live, request, static _ => Task.FromResult<Answer>(Status("live")), cancellationToken);

    /// <summary>200 if the store answers, else a 503 problem.</summary>
    public Task<IResult> ReadyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        pipeline.RunAsync(Operations.Ready, request, CheckAsync, cancellationToken);

    private async Task<Answer> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await probe.CheckAsync(cancellationToken);
            return Status("ready");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            HealthLog.NotReady(logger, exception);
            return new Problem(ProblemCode.StoreUnavailable, "The store does not answer.").RetryAfter(RetryAfter);
        }
    }

    private static JsonAnswer Status(string status) => new(StatusCodes.Status200OK, JsonText.Write(32, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status"u8, status);
        writer.WriteEndObject();
    }));
}

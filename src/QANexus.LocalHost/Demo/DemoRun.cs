using System.Globalization;
using System.Text.Json;
using QANexus.Domain.Arithmetic;

namespace QANexus.LocalHost.Demo;

/// <summary>
/// Plays the life of a requirement and of a release on a running host and tells what happens. All of it goes through the API; what follows by itself is
/// waited for in the views.
/// </summary>
internal sealed class DemoRun(HttpMessageHandler handler, TextWriter output, TextWriter error, TimeProvider time)
{
    /// <summary>The exit code where something did not happen as shown.</summary>
    public const int Failed = 1;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(DemoOptions options, CancellationToken cancellationToken)
    {
        var run = time.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        var tenant = options.Tenant ?? $"demo-{run}";
        using var http = new HttpClient(handler, disposeHandler: false);
        var stage = new DemoStage(new DemoClient(http, options, tenant, time), output, run);
        try
        {
            await output.WriteLineAsync($"QANexus at {options.BaseAddress}, tenant {tenant}.");
            await new PlanningAct(stage, time).PlayAsync(cancellationToken);
            var released = await new ReleaseAct(stage).PlayAsync(cancellationToken);
            await CheckAsync(stage, released, cancellationToken);
            return 0;
        }
        catch (DemoFailedException failure)
        {
            await error.WriteLineAsync(failure.Message);
            return Failed;
        }
    }

    private static async Task CheckAsync(DemoStage stage, JsonElement released, CancellationToken cancellationToken)
    {
        var score = released.GetProperty("readinessScore").GetInt32();
        var expected = ScoreCheck.Calculate(
            await stage.Client.ListAsync("readiness-sources", cancellationToken), stage.Id("release"), new Ratio(ReleaseAct.SecurityPercent, 100)).Total;
        await stage.TitleAsync(string.Create(
            CultureInfo.InvariantCulture, $"{stage.Version} is {released.GetProperty("status").GetString()} with a score of {score}; from the views the calculator makes {expected}."));
        if (score != expected)
        {
            throw new DemoFailedException("The two scores differ.");
        }
    }
}

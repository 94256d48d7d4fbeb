using System.Net;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Health;

namespace QANexus.Api.Tests.Health;

public sealed class HealthTests
{
    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task Health_needs_no_caller(string kind)
    {
        await using var host = await ApiHost.StartAsync(authenticate: false);

        var answer = await host.GetAsync("/api/health/" + kind);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal($$"""{"status":"{{kind}}"}""", answer.Text);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_not_ready_but_the_process_lives()
    {
        var failure = new StoreUnavailableException("10.0.0.4 refused the connection", TimeSpan.FromSeconds(1));
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IStoreProbe>(new ScriptedProbe { Failure = failure }));

        var ready = (await host.GetAsync("/api/health/ready")).IsProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");
        var live = await host.GetAsync("/api/health/live");

        Assert.DoesNotContain("10.0.0.4", ready.Text, StringComparison.Ordinal);
        Assert.Contains(host.Logs.OfApi, entry => entry.EventId == 2100 && entry.Exception == failure);
        Assert.Equal(HttpStatusCode.OK, live.Status);
    }

    public static TheoryData<Exception> Unforeseen => [new InvalidOperationException("no such container"), new OperationCanceledException("timed out")];

    [Theory]
    [MemberData(nameof(Unforeseen))]
    public async Task A_probe_that_fails_in_an_unforeseen_way_is_not_ready_either(Exception failure)
    {
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IStoreProbe>(new ScriptedProbe { Failure = failure }));

        (await host.GetAsync("/api/health/ready")).IsProblem(HttpStatusCode.ServiceUnavailable, "store-unavailable");
    }
}

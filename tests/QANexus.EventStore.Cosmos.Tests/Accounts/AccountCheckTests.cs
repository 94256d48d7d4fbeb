using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QANexus.EventStore.Cosmos.Accounts;
using QANexus.LocalCosmos;
using QANexus.LocalCosmos.Authorization;

namespace QANexus.EventStore.Cosmos.Tests.Accounts;

/// <summary>A host starts on an account that keeps what it is given, and on no other.</summary>
public sealed class AccountCheckTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("qanexus-account-");

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_durable_account_with_one_write_region_will_do(string environment) =>
        Assert.Equal(["started"], await StartAsync(Durable, environment));

    [Fact]
    public async Task An_account_in_memory_will_do_in_development() => Assert.Equal(["started"], await StartAsync(InMemory, "Development"));

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task An_account_in_memory_ends_the_start_elsewhere_and_no_service_has_started(string environment)
    {
        List<string> started = [];

        var failure = await Assert.ThrowsAsync<UnfitAccountException>(() => StartAsync(InMemory, environment, started));

        Assert.Empty(started);
        Assert.Equal(
            "The Cosmos DB account is LocalCosmos in memory, which forgets every event when its process ends. Outside of development use an account that keeps them.",
            failure.Message);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task An_account_that_takes_writes_in_several_regions_ends_the_start_everywhere(string environment)
    {
        List<string> started = [];

        var failure = await Assert.ThrowsAsync<UnfitAccountException>(
            () => StartAsync(Durable with { ClaimsMultipleWriteRegions = true }, environment, started));

        Assert.Empty(started);
        Assert.StartsWith("The Cosmos DB account 'local' takes writes in several regions", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_does_not_answer_ends_the_start()
    {
        List<string> started = [];

        await Assert.ThrowsAsync<CosmosException>(() => StartAsync(Durable, "Production", started, accountKey: Convert.ToBase64String(new byte[64])));

        Assert.Empty(started);
    }

    public void Dispose() => directory.Delete(recursive: true);

    private static LocalAccountOptions InMemory => new() { InMemory = true };

    private LocalAccountOptions Durable => new() { DataDirectory = directory.FullName };

    private static async Task<List<string>> StartAsync(
        LocalAccountOptions options, string environment, List<string>? started = null, string? accountKey = null)
    {
        started ??= [];
        await using var account = LocalAccount.Open(options);
        var handler = account.CreateHandler();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, EnvironmentName = environment });
        builder.Services.AddSingleton(_ => new CosmosClient(LocalAccount.Endpoint.AbsoluteUri, accountKey ?? WellKnownKey.Value, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway, HttpClientFactory = () => new HttpClient(handler, disposeHandler: false),
        }));
        builder.Services.AddHostedService(_ => new Recorder(started));
        builder.Services.AddCosmosAccountCheck().AddCosmosAccountCheck();
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
        return started;
    }

    /// <summary>Stands for the worker, which takes requests from its start on.</summary>
    private sealed class Recorder(List<string> started) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            started.Add("started");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

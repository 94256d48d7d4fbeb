using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Hosting;

namespace QANexus.EventStore.Cosmos.Accounts;

/// <summary>Ends the start of a host on an unfit account, before any of its services takes a request.</summary>
internal sealed class AccountCheckAtStart(CosmosClient client, IHostEnvironment environment) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        AccountCheck.RunAsync(client, allowVolatile: environment.IsDevelopment(), cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.LocalCosmos;

namespace QANexus.EventStore.Cosmos.Tests.Fixture;

/// <summary>A Cosmos account of its own for one test, with as many processes over it as the test wants.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    private readonly List<StoreProcess> processes = [];
    private readonly string? directory;

    private StoreFixture(LocalAccount account, string? directory)
    {
        Account = account;
        this.directory = directory;
    }

    public LocalAccount Account { get; }

    public SettableClock Clock { get; } = new();

    public StoreProcess Process => processes[0];

    public ITenantEventStore Store => Process.For("t1");

    public Container Snapshots => Process.Client.GetContainer("qanexus", ContainerNames.Snapshots);

    public Container Events => Process.Client.GetContainer("qanexus", ContainerNames.Events);

    /// <param name="durable">On disk, which lagging replicas need.</param>
    public static async Task<StoreFixture> StartAsync(bool durable = false)
    {
        var data = durable ? Directory.CreateTempSubdirectory("qanexus-store-").FullName : null;
        var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = data, InMemory = !durable });
        var fixture = new StoreFixture(account, data);
        await CosmosSchema.CreateAsync(fixture.StartProcess().Client, "qanexus", CancellationToken.None);
        return fixture;
    }

    /// <param name="configure">What this build knows beside the store.</param>
    /// <param name="documentsPerClear">What one call of a clear deletes at most.</param>
    public StoreProcess StartProcess(Action<IServiceCollection>? configure = null, int documentsPerClear = 2_000)
    {
        var process = new StoreProcess(Account, Clock, configure, documentsPerClear);
        processes.Add(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        await Account.DisposeAsync();
        if (directory is not null)
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}

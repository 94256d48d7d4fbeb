using BenchmarkDotNet.Attributes;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos;
using QANexus.Testing.Samples;

namespace QANexus.Benchmarks.Aggregates;

/// <summary>
/// Cold loads of an aggregate, in process and without a network: with a snapshot they are to take the same time however long the stream is. Events of
/// 400 B, 20 a commit, and ten commits of one event after the snapshot.
/// </summary>
[MemoryDiagnoser]
public class LoadAggregate : IAsyncDisposable
{
    private const int PerCommit = 20;
    private const int Behind = 10;

    private static readonly TenantId Tenant = TenantId.Parse("t1");
    private static readonly StreamId Stream = StreamId.Parse("Requirement:r1");

    private InProcessStore local = null!;
    private AggregateRepository<Requirement> requirements = null!;

    /// <summary>Events in the stream.</summary>
    [Params(100, 1_000, 5_000, 50_000)]
    public int Events { get; set; }

    /// <summary>Whether it has a snapshot.</summary>
    [Params(true, false)]
    public bool Snapshot { get; set; }

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        local = await InProcessStore.StartAsync(
            new LocalAccountOptions { InMemory = true },
            static services => services.AddAggregate<RequirementDefinition>(static aggregates => aggregates.CacheSize = 0));
        var store = local.Events.ForTenant(Tenant);
        requirements = local.Get<AggregateRepositories<Requirement>>().For(store);

        await AppendAsync(store, Events - Behind, PerCommit);
        if (Snapshot)
        {
            await local.Get<ISnapshotTaker>().TakeAsync(Tenant, Stream, CancellationToken.None);
        }

        await AppendAsync(store, Behind, perCommit: 1);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await local.DisposeAsync();
    }

    [Benchmark]
    public async Task<long> Load() => (await requirements.LoadAsync(Stream.AggregateId, CancellationToken.None)).Position.Version;

    private static async Task AppendAsync(ITenantEventStore store, int events, int perCommit)
    {
        for (var left = events; left > 0; left -= perCommit)
        {
            var commit = Enumerable.Range(1, Math.Min(left, perCommit)).Select(n => new NewEvent
            {
                Type = EventType.Parse("RequirementAnalyzed"),
                Data = JsonObjectText.Parse($$"""{"score":{{(left + n) % 101}},"padding":"{{new string('x', 370)}}"}"""),
            });
            await store.AppendAsync(new AppendRequest { Stream = Stream, Events = [.. commit] }, CancellationToken.None);
        }
    }
}

using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos;
using QANexus.Testing.RequestUnits;

namespace QANexus.Benchmarks.Store;

/// <summary>
/// The event store beside the bare SDK that does the same item operations with the same documents, on LocalCosmos in this process and in memory, so
/// that CPU time and allocations are the whole of it. What the SDK does is the floor; both include the server.
/// </summary>
[MemoryDiagnoser]
public abstract class StoreBenchmark : IAsyncDisposable
{
    private InProcessStore local = null!;

    private protected static TenantId Tenant { get; } = TenantId.Parse("t1");

    private protected Container Events { get; private set; } = null!;

    private protected ITenantEventStore Store { get; private set; } = null!;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        local = await InProcessStore.StartAsync(new LocalAccountOptions { InMemory = true }, static _ => { });
        Events = local.Commits;
        Store = local.Events.ForTenant(Tenant);
        await FillAsync();
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await local.DisposeAsync();
    }

    /// <summary>Stores what is to be read.</summary>
    protected abstract Task FillAsync();

    private protected static PartitionKey Partition(StreamId stream) => new PartitionKeyBuilder().Add(Tenant.Value).Add(stream.ToString()).Build();

    /// <summary>Appends at the position given, and says where the stream ends now.</summary>
    private protected async Task<StreamPosition> AppendAsync(StreamId stream, StreamPosition at, IReadOnlyList<NewEvent> events)
    {
        var request = new AppendRequest { Stream = stream, Events = events, Expected = ExpectedPosition.At(at) };
        return await Store.AppendAsync(request, CancellationToken.None) is AppendResult.Appended appended
            ? appended.Receipt.Position
            : throw new InvalidOperationException("The append did not go in.");
    }

    /// <summary>The stored text of a commit of the stream.</summary>
    private protected async Task<string> ReadDocumentAsync(StreamId stream, long commit)
    {
        using var response = await Events.ReadItemStreamAsync(commit.ToString("0000000000", CultureInfo.InvariantCulture), Partition(stream));
        using var reader = new StreamReader(response.Content, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private protected static IReadOnlyList<NewEvent> Of(int events) => MeasuredEvents.Analyses(events);
}

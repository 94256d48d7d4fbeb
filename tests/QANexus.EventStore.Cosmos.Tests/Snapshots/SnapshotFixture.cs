using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Snapshots;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.Testing.Samples;

namespace QANexus.EventStore.Cosmos.Tests.Snapshots;

/// <summary>A store whose loads are always cold and report, with a view of its snapshot documents.</summary>
internal sealed class SnapshotFixture : IAsyncDisposable
{
    public static readonly TenantId Tenant = TenantId.Parse("t1");

    private readonly StoreFixture store;

    private SnapshotFixture(StoreFixture store)
    {
        this.store = store;
        Process = StartProcess();
    }

    public StoreFixture Store => store;

    public StoreProcess Process { get; }

    public RecordedLogs Logs { get; } = new();

    public static async Task<SnapshotFixture> StartAsync(bool durable = false) => new(await StoreFixture.StartAsync(durable));

    /// <param name="definition">The build's definition, if not the usual.</param>
    public StoreProcess StartProcess(RequirementDefinition? definition = null) => store.StartProcess(services =>
    {
        services.AddSingleton(Logs).AddSingleton(typeof(ILogger<>), typeof(RecordingLogger<>));
        services.AddSingleton<AggregateDefinition<Requirement>>(definition ?? new RequirementDefinition());
        services.Configure<AggregateOptions>(static options => options.CacheSize = 0);
    });

    public Task<SnapshotOutcome> TakeAsync(StreamId? stream = null) =>
        Process.Snapshots.TakeAsync(Tenant, stream ?? Some.Stream, CancellationToken.None);

    public Task<SnapshotOutcome> TakeIfDueAsync(StreamPosition reached) =>
        Process.Snapshots.TakeIfDueAsync(Tenant, Some.Stream, reached, CancellationToken.None);

    /// <summary>Appends so many small events in commits of that size.</summary>
    public async Task<StreamPosition> AppendAsync(int events, int perCommit = 10, int bytes = 0, StreamId? stream = null)
    {
        var position = StreamPosition.Start;
        for (var left = events; left > 0; left -= perCommit)
        {
            NewEvent[] commit = [.. Enumerable.Range(1, Math.Min(left, perCommit)).Select(n => Analyzed((left + n) % 101, bytes))];
            var request = Some.Append(ExpectedPosition.Any, commit) with { Stream = stream ?? Some.Stream };
            position = (await store.Store.AppendAsync(request, CancellationToken.None)).Position();
        }

        return position;
    }

    /// <summary>An event of about that many bytes of data.</summary>
    public static NewEvent Analyzed(int score, int bytes = 0) =>
        Some.Event("RequirementAnalyzed", data: $$"""{"score":{{score}},"padding":"{{new string('x', Math.Max(0, bytes - 28))}}"}""");

    public async Task<Aggregate<Requirement>> LoadAsync(StreamId? stream = null) =>
        await Process.Requirements().LoadAsync((stream ?? Some.Stream).AggregateId, CancellationToken.None);

    /// <summary>The state by its events alone.</summary>
    public async Task<(string State, StreamPosition Position)> ReplayAsync(StreamId? stream = null)
    {
        var slice = await store.Store.ReadAfterAsync(stream ?? Some.Stream, StreamPosition.Start, CancellationToken.None);
        var definition = new RequirementDefinition();
        return (Json(definition.Evolve(definition.Initial, slice.Events)), slice.Position);
    }

    public async Task AssertLoadsAsReplayedAsync(StreamId? stream = null)
    {
        var loaded = await LoadAsync(stream);
        Assert.Equal(await ReplayAsync(stream), (Json(loaded.State), loaded.Position));
    }

    /// <summary>Every version, read as it was, is the fold of the events up to it, and the one beyond the end is none.</summary>
    public async Task AssertThePastIsAsReplayedAsync(StreamId? stream = null)
    {
        var id = (stream ?? Some.Stream).AggregateId;
        var slice = await store.Store.ReadAfterAsync(stream ?? Some.Stream, StreamPosition.Start, CancellationToken.None);
        var definition = new RequirementDefinition();
        for (var version = 1; version <= slice.Events.Count + 1; version++)
        {
            var past = await Process.Requirements().ReadPastAsync(id, new StateReadOptions { Version = version }, CancellationToken.None);
            var expected = version > slice.Events.Count ? null : Json(definition.Evolve(definition.Initial, [.. slice.Events.Take(version)]));
            Assert.Equal((expected, expected is null ? null : version), (past is null ? null : Json(past.State), past?.Version));
        }
    }

    /// <summary>The stream at every time at which something was stored, and just before, is the fold of the commits before the first one stored later.</summary>
    public async Task AssertPastTimesAreAsReplayedAsync(StreamId? stream = null)
    {
        var slice = await store.Store.ReadAfterAsync(stream ?? Some.Stream, StreamPosition.Start, CancellationToken.None);
        var definition = new RequirementDefinition();
        foreach (var time in slice.Events.Select(static e => e.StoredAt).Distinct().SelectMany(static time => new[] { time, time.AddTicks(-1) }))
        {
            var past = await Process.Requirements().ReadPastAsync(
                (stream ?? Some.Stream).AggregateId, new StateReadOptions { AsOf = time }, CancellationToken.None);
            RecordedEvent[] expected = [.. slice.Events.TakeWhile(e => e.StoredAt <= time)];
            Assert.Equal(
                expected.Length == 0 ? (null, null) : (Json(definition.Evolve(definition.Initial, expected)), expected[^1].Version),
                (past is null ? null : Json(past.State), past?.Version));
        }
    }

    public static string Json(Requirement state) => JsonSerializer.Serialize(state, new RequirementDefinition().StateType);

    public async Task<JsonObject?> ReadDocumentAsync(StreamId? stream = null)
    {
        using var response = await store.Snapshots.ReadItemStreamAsync(SnapshotFields.StateId, Partition(stream));
        return response.StatusCode is HttpStatusCode.NotFound ? null : (await JsonNode.ParseAsync(response.Content))!.AsObject();
    }

    public async Task WriteDocumentAsync(Action<JsonObject> change, StreamId? stream = null)
    {
        var document = (await ReadDocumentAsync(stream))!;
        change(document);
        using var body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(document));
        using var response = await store.Snapshots.UpsertItemStreamAsync(body, Partition(stream));
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Makes the digest fit whatever else the document says.</summary>
    public static void Sign(JsonObject document, StreamId stream)
    {
        var state = new StoredState(
            (string)document["schema"]!,
            new StreamPosition((long)document["commit"]!, (long)document["version"]!),
            DateTimeOffset.Parse((string)document["latestStoredAt"]!, CultureInfo.InvariantCulture),
            TakenAt: default,
            (string)document["state"]!);
        document["digest"] = state.DigestFor(Tenant, stream);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static PartitionKey Partition(StreamId? stream) => StreamPartition.Of(Tenant, stream ?? Some.Stream);
}

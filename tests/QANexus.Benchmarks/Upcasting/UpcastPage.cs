using BenchmarkDotNet.Attributes;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.Benchmarks.Upcasting;

/// <summary>
/// A page of 200 events on its way out: at their latest version, of a type that nobody knows, and one and nine steps behind. The first two are to cost
/// nothing for any size of the data, as nothing is parsed.
/// </summary>
[MemoryDiagnoser]
public class UpcastPage
{
    private const int Events = 200;
    private const int Steps = 9;

    private static readonly TenantId Tenant = TenantId.Parse("t1");
    private static readonly EventType Evolved = EventType.Parse("RequirementApproved");

    private EventUpcaster upcaster = null!;
    private RecordedEvent[] latest = null!;
    private RecordedEvent[] unknown = null!;
    private RecordedEvent[] oneBehind = null!;
    private RecordedEvent[] nineBehind = null!;

    /// <summary>Bytes of one event's data.</summary>
    [Params(400, 16_384)]
    public int DataBytes { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var types = new EventCatalogBuilder();
        for (var version = 1; version <= Steps; version++)
        {
            var from = version;
            types.Add(Evolved).From(from).To(from + 1, data => data["added"] = from);
        }

        upcaster = new EventUpcaster(types.Build());
        latest = Page(Evolved, Steps + 1);
        unknown = Page(EventType.Parse("Unheard"), 1);
        oneBehind = Page(Evolved, Steps);
        nineBehind = Page(Evolved, 1);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public async Task<int> Latest() => await CountAsync(latest);

    [Benchmark(OperationsPerInvoke = Events)]
    public async Task<int> Unknown() => await CountAsync(unknown);

    [Benchmark(OperationsPerInvoke = Events)]
    public async Task<int> OneStep() => await CountAsync(oneBehind);

    [Benchmark(OperationsPerInvoke = Events)]
    public async Task<int> NineSteps() => await CountAsync(nineBehind);

    private async ValueTask<int> CountAsync(RecordedEvent[] page) => (await upcaster.UpcastAsync(Tenant, page, CancellationToken.None)).Count;

    private RecordedEvent[] Page(EventType type, int version)
    {
        var stream = StreamId.Parse("Requirement:r1");
        var data = JsonObjectText.Parse($$"""{"title":"Sign in","points":3.50,"text":"{{new string('x', DataBytes - 44)}}"}""");
        return
        [
            .. Enumerable.Range(1, Events).Select(n => new RecordedEvent
            {
                Id = EventId.At(stream, n),
                Type = type,
                SchemaVersion = version,
                Stream = stream,
                Version = n,
                Commit = n,
                OccurredAt = DateTimeOffset.UnixEpoch,
                StoredAt = DateTimeOffset.UnixEpoch,
                Data = data,
                Origin = new AppendMetadata(),
            }),
        ];
    }
}

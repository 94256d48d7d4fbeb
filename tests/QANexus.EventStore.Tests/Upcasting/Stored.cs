using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Tests.Upcasting;

/// <summary>Stored events, and what upcasting makes of them.</summary>
internal static class Stored
{
    public static readonly TenantId Tenant = TenantId.Parse("t1");
    public static readonly EventType Approved = EventType.Parse("RequirementApproved");
    public static readonly EventType Published = EventType.Parse("RequirementPublished");
    public static readonly EventType Legacy = EventType.Parse("ReqApproved");
    public static readonly EventType Other = EventType.Parse("Other");

    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static RecordedEvent Event(EventType type, int version, string data = "{}", string? id = null, bool redacted = false)
    {
        var stream = StreamId.Parse("Requirement:r1");
        return new RecordedEvent
        {
            Id = id is not null && EventId.TryParseOwn(id, out var own) ? own : EventId.At(stream, 5),
            Type = type,
            SchemaVersion = version,
            Stream = stream,
            Version = 5,
            Commit = 3,
            OccurredAt = Noon.AddDays(-1),
            StoredAt = Noon,
            Data = JsonObjectText.Parse(redacted ? """{"redacted":true}""" : data),
            Metadata = JsonObjectText.Parse("""{"ip":"::1"}"""),
            Origin = new AppendMetadata { Actor = "ann", Source = "import" },
            Redaction = redacted ? new Redaction(Noon, "dpo", "asked") : null,
        };
    }

    public static EventCatalog Catalog(Action<EventCatalogBuilder> describe, IServiceProvider? services = null)
    {
        var builder = new EventCatalogBuilder();
        describe(builder);
        return builder.Build(services);
    }

    public static async Task<IReadOnlyList<RecordedEvent>> UpcastAsync(this EventCatalog catalog, RecordedEvent stored) =>
        await new EventUpcaster(catalog).UpcastAsync(Tenant, stored, CancellationToken.None);

    public static async Task<RecordedEvent> UpcastOneAsync(this EventCatalog catalog, RecordedEvent stored) =>
        Assert.Single(await catalog.UpcastAsync(stored));

    /// <summary>Type, version and data in one line.</summary>
    public static string Line(this RecordedEvent e) => $"{e.Id} {e.Type} v{e.SchemaVersion} {e.Data}";
}

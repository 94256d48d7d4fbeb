using System.Text.Json.Serialization;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Subscriptions;

/// <summary>A checkpoint as stored, in a document of its own or inside a view document; STORAGE.md describes each member.</summary>
internal sealed record CheckpointJson
{
    public long Commit { get; init; }

    public int Index { get; init; }

    public long Version { get; init; }

    public IReadOnlyList<Entry>? Handlers { get; init; }

    public IReadOnlyList<Skip>? Skipped { get; init; }

    public static CheckpointJson From(StreamCheckpoint checkpoint) => new()
    {
        Commit = checkpoint.Position.Commit,
        Index = checkpoint.Position.Index,
        Version = checkpoint.Version,
        Handlers = checkpoint.Handlers.Count == 0 ? null : [.. checkpoint.Handlers.Select(Entry.From)],
        Skipped = checkpoint.Skipped.Count == 0 ? null : [.. checkpoint.Skipped.Select(Skip.From)],
    };

    public StreamCheckpoint ToCheckpoint() => new()
    {
        Position = new EventPosition(Commit, Index),
        Version = Version,
        Handlers = [.. Handlers?.Select(static entry => entry.ToEntry()) ?? []],
        Skipped = [.. Skipped?.Select(static skip => skip.ToEvent()) ?? []],
    };

    internal sealed record Entry(string Handler, long Commit, int Index, IReadOnlyList<long>? Revisions, Parking? Parked, Parking? Last)
    {
        public static Entry From(HandlerCheckpoint entry) => new(
            entry.Handler.Value, entry.Position.Commit, entry.Position.Index, entry.Revisions.Count == 0 ? null : entry.Revisions, entry.Parking, entry.Last);

        public HandlerCheckpoint ToEntry() => new(SubscriptionName.Parse(Handler), new EventPosition(Commit, Index), Revisions ?? [], Parked) { Last = Last };
    }

    internal sealed record Skip(string Handler, long Commit, string? EventId, string Error, string Reason, string By, DateTimeOffset At)
    {
        public static Skip From(SkippedEvent skipped) => new(
            skipped.Handler.Value, skipped.Commit, skipped.EventId, skipped.Error, skipped.Reason, skipped.By, skipped.At);

        public SkippedEvent ToEvent() => new(SubscriptionName.Parse(Handler), Commit, EventId, Error, Reason, By, At);
    }
}

/// <summary>A document of the <c>subscriptions</c> container.</summary>
internal sealed record CheckpointDocument(string Id, string TenantId, string Subscription, CheckpointJson Checkpoint, int? Parked)
{
    [JsonPropertyName("_etag"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tag { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(CheckpointDocument))]
[JsonSerializable(typeof(ReconcilerStateDocument))]
internal sealed partial class SubscriptionsJson : JsonSerializerContext;

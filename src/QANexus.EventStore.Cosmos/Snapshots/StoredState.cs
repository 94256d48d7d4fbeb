using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>The state in a snapshot document.</summary>
/// <param name="Schema">The fingerprint of the state's schema and of what folds it.</param>
/// <param name="Position">Up to where events are folded into it.</param>
/// <param name="LatestStoredAt">When the event in it was stored that was stored last: by its writer's clock, which may not be that of the last commit.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Json">The state, to the byte as it was written: kept as a text, because Cosmos DB would keep its numbers as doubles.</param>
internal sealed record StoredState(string Schema, StreamPosition Position, DateTimeOffset LatestStoredAt, DateTimeOffset TakenAt, string Json)
{
    /// <summary>The digest that tells a state which was changed or moved from one that the store wrote.</summary>
    public string DigestFor(TenantId tenant, StreamId stream)
    {
        using var hash = new FingerprintHash();
        hash.Add(tenant.StorageKey);
        hash.Add(stream.ToString());
        hash.Add(Schema);
        hash.Add(Position.Commit);
        hash.Add(Position.Version);
        hash.Add(LatestStoredAt.UtcTicks);
        hash.Add(Json);
        return hash.Finish().Value;
    }
}

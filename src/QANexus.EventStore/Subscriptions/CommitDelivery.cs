using QANexus.EventStore.Reading;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Subscriptions;

/// <summary>A commit on its way to its consumers, who share the work of upcasting it.</summary>
internal sealed class CommitDelivery(StoredCommit stored, EventUpcaster upcaster)
{
    private readonly IReadOnlyList<RecordedEvent>?[] parts = new IReadOnlyList<RecordedEvent>?[stored.Events.Count];

    public StoredCommit Stored => stored;

    public long Number => stored.Number;

    /// <summary>What an event is in its latest form. A failure is not remembered: a look-up may succeed the next time.</summary>
    public async ValueTask<IReadOnlyList<RecordedEvent>> PartsAsync(int index, CancellationToken cancellationToken) =>
        Volatile.Read(ref parts[index])
        ?? (parts[index] = await upcaster.UpcastAsync(stored.Address.Stream.Tenant, stored.Events[index], cancellationToken));
}

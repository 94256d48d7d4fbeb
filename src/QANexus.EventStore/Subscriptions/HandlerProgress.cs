namespace QANexus.EventStore.Subscriptions;

/// <summary>Where a handler is while it works through a stream.</summary>
internal sealed class HandlerProgress(EventPosition start, HandlerCheckpoint? entry)
{
    private readonly List<long> owed = [.. entry?.Revisions ?? []];

    public EventPosition Position { get; set; } = start;

    public Parking? Parking { get; private set; } = entry?.Parking;

    /// <summary>The failure that this one goes on from: of a parking that was lifted, attempts are counted on.</summary>
    public Parking? Earlier { get; } = entry?.Parking ?? entry?.Last;

    public int DoneOf(long commit) => Position.DoneOf(commit);

    public bool OwesAnything => owed.Count > 0;

    public void Owe(long commit)
    {
        if (!owed.Contains(commit))
        {
            owed.Add(commit);
        }
    }

    public void Pay(long commit) => owed.Remove(commit);

    /// <summary>A handler that is parked already stays so for the first reason.</summary>
    public void Park(Parking parking) => Parking ??= parking;

    /// <summary>The place of its own, the same instance where nothing changed; none for a handler that is where its lane is.</summary>
    public HandlerCheckpoint? ToEntry(SubscriptionName handler)
    {
        if (entry is null && Parking is null && owed.Count == 0)
        {
            return null;
        }

        return entry is not null && entry.Position == Position && entry.Parking == Parking && entry.Revisions.SequenceEqual(owed)
            ? entry
            : new HandlerCheckpoint(handler, Position, owed, Parking) { Last = Parking is null ? Earlier : null };
    }
}

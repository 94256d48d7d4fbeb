namespace QANexus.EventStore.Subscriptions;

/// <summary>How far a lane has come in a stream, and which of its handlers are elsewhere.</summary>
internal sealed record StreamCheckpoint
{
    public static StreamCheckpoint Start { get; } = new();

    public EventPosition Position { get; init; }

    /// <summary>Version of the last event before <see cref="Position"/> that was of interest; 0 for none.</summary>
    public long Version { get; init; }

    /// <summary>Handlers that are parked or catching up after it.</summary>
    public IReadOnlyList<HandlerCheckpoint> Handlers { get; init; } = [];

    /// <summary>What somebody decided to leave out.</summary>
    public IReadOnlyList<SkippedEvent> Skipped { get; init; } = [];

    public int ParkedCount => Handlers.Count(static handler => handler.Parking is not null);

    public HandlerCheckpoint? Find(SubscriptionName handler) => Handlers.FirstOrDefault(entry => entry.Handler == handler);

    /// <summary>The same with another entry for a handler, or none.</summary>
    public StreamCheckpoint With(SubscriptionName handler, HandlerCheckpoint? entry)
    {
        IEnumerable<HandlerCheckpoint> others = Handlers.Where(other => other.Handler != handler);
        return this with { Handlers = entry is null ? [.. others] : [.. others, entry] };
    }
}

/// <summary>A handler that is not where its lane is.</summary>
/// <param name="Handler">Which.</param>
/// <param name="Position">How far it has come.</param>
/// <param name="Revisions">Commits before that whose redaction it still has to handle.</param>
/// <param name="Parking">Why it is not called; null while it catches up.</param>
internal sealed record HandlerCheckpoint(SubscriptionName Handler, EventPosition Position, IReadOnlyList<long> Revisions, Parking? Parking)
{
    /// <summary>The parking that was lifted, until the handler has caught up: if it fails at the same place, the count goes on.</summary>
    public Parking? Last { get; init; }
}

/// <summary>The record of a failure that parked a stream for a handler.</summary>
/// <param name="Commit">The commit that failed.</param>
/// <param name="EventId">The event, where it was one.</param>
/// <param name="EventType">Its type as stored.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Attempts">How often it was tried in all.</param>
/// <param name="FirstAt">When it first failed.</param>
/// <param name="LastAt">When it last failed.</param>
/// <param name="IsRevision">The redaction of the event failed, not the event.</param>
internal sealed record Parking(
    long Commit, string? EventId, string? EventType, string Error, int Attempts, DateTimeOffset FirstAt, DateTimeOffset LastAt, bool IsRevision = false);

/// <summary>An event that was left out for a handler on purpose.</summary>
internal sealed record SkippedEvent(
    SubscriptionName Handler, long Commit, string? EventId, string Error, string Reason, string By, DateTimeOffset At);

using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>One stored event to be applied: its parts, each with a document that it changes.</summary>
/// <param name="Commit">Its commit.</param>
/// <param name="Index">Its place in the commit.</param>
/// <param name="Changes">In order: by which event, to which document, and what becomes of it.</param>
/// <param name="Targets">The documents, each once.</param>
/// <param name="Failure">Why it cannot be applied.</param>
internal sealed record ProjectionStep(
    CommitDelivery Commit, int Index, IReadOnlyList<ProjectionChange> Changes, IReadOnlyList<ViewId> Targets, Exception? Failure)
{
    /// <summary>The event was applied before and has lost its data since.</summary>
    public bool IsRevision { get; init; }

    /// <summary>For a roll-up: what is kept of the stream after it.</summary>
    public object? Entry { get; init; }
}

/// <summary>What an event does to a document.</summary>
internal readonly record struct ProjectionChange(RecordedEvent Event, ViewId Target, Func<object?, object?> Apply);

/// <summary>What a session has to do with one stream, and how far it is.</summary>
internal sealed class StreamPlan(StreamDelivery delivery, StreamCheckpoint before, HandlerProgress progress)
{
    private readonly HashSet<long> revisions = [];

    public StreamDelivery Delivery => delivery;

    public HandlerProgress Progress => progress;

    public List<ProjectionStep> Steps { get; } = [];

    /// <summary>The stream's document is built anew.</summary>
    public bool IsFoldedAgain { get; set; }

    public bool HasFailedRevision { get; set; }

    public long Version { get; set; } = before.Version;

    /// <summary>For a roll-up: what is kept of the stream after the last planned step.</summary>
    public object? Entry { get; set; }

    /// <summary>Redacted commits that were applied before; where no data is kept there is nothing to do about them.</summary>
    public IEnumerable<CommitDelivery> RevisionsToApply(bool keepsEventData)
    {
        foreach (var commit in delivery.Revisions.Where(commit => keepsEventData && progress.DoneOf(commit.Number) > 0))
        {
            revisions.Add(commit.Number);
            yield return commit;
        }
    }

    /// <summary>Takes the revisions off what is owed, unless one of them failed: then all are tried again.</summary>
    public void PayRevisions()
    {
        foreach (var revision in HasFailedRevision ? [] : revisions)
        {
            progress.Pay(revision);
        }
    }

    /// <summary>The checkpoint as it is now; the one from before where nothing changed.</summary>
    public StreamCheckpoint ToCheckpoint(SubscriptionName handler)
    {
        // A projection is its lane's only handler: it has an entry only while it is parked or owes something.
        var entry = progress.Parking is null && !progress.OwesAnything ? null : progress.ToEntry(handler);
        return progress.Position == before.Position && entry == before.Find(handler)
            ? before
            : before.With(handler, entry) with { Position = progress.Position, Version = Version };
    }
}

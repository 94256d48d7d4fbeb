using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Writes down why a stream is parked.</summary>
internal static class Parked
{
    /// <summary>An error is a line for whoever repairs it, not a place for data.</summary>
    private const int MaxErrorLength = 500;

    public static Parking Create(
        long commit, RecordedEvent? stored, int attempts, Exception failure, DateTimeOffset now, Parking? earlier, bool isRevision)
    {
        // What failed before counts if it was the same event: one after it in the commit, where that was left out, begins anew.
        var before = earlier is { } known && known.Commit == commit && known.EventId == stored?.Id.Value ? known : null;
        return new Parking(
            commit, stored?.Id.Value, stored?.Type.Value, Describe(failure), (before?.Attempts ?? 0) + attempts, before?.FirstAt ?? now, now, isRevision);
    }

    private static string Describe(Exception failure)
    {
        var text = failure is EventStoreException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}";
        return text.Length <= MaxErrorLength ? text : text[..MaxErrorLength] + "…";
    }
}

using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Writes down why a stream is parked.</summary>
internal static class Parked
{
    /// <summary>An error is a line for whoever repairs it, not a place for data.</summary>
    private const int MaxErrorLength = 500;

    public static Parking Create(
        long commit, RecordedEvent? stored, int attempts, Exception failure, DateTimeOffset now, Parking? earlier, bool isRevision) => new(
        commit,
        stored?.Id.Value,
        stored?.Type.Value,
        Describe(failure),
        (earlier?.Commit == commit ? earlier.Attempts : 0) + attempts,
        earlier?.Commit == commit ? earlier.FirstAt : now,
        now,
        isRevision);

    private static string Describe(Exception failure)
    {
        var text = failure is EventStoreException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}";
        return text.Length <= MaxErrorLength ? text : text[..MaxErrorLength] + "…";
    }
}

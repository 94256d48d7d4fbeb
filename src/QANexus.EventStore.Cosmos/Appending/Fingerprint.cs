using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Appending;

/// <summary>
/// Digests of what a caller asked for, independent of everything that the store or its clock adds: they tell a repeat of a request from another
/// request under the same key.
/// </summary>
internal static class Fingerprint
{
    /// <summary>The digest of stream, events and metadata as received. Neither expectation nor actor is part of it.</summary>
    public static RequestFingerprint Of(AppendRequest request)
    {
        using var hash = new FingerprintHash();
        hash.Add(request.Stream.ToString());
        hash.Add(request.Metadata.CorrelationId);
        hash.Add(request.Metadata.CausationId);
        hash.Add(request.Metadata.Source);
        foreach (var e in request.Events)
        {
            hash.Add(e.Id?.Value);
            hash.Add(e.Type.Value);
            hash.Add(e.SchemaVersion ?? 0);
            hash.Add(e.OccurredAt?.UtcTicks ?? 0);
            hash.Add(e.Data.Utf8.Span);
            hash.Add(e.Metadata is { } metadata ? metadata.Utf8.Span : default);
        }

        return hash.Finish();
    }

    /// <summary>The commit id of events that all bring their own ids: the same list of ids is the same append.</summary>
    public static CommitId DeriveCommitId(IReadOnlyList<NewEvent> events)
    {
        using var hash = new FingerprintHash();
        foreach (var e in events)
        {
            hash.Add(e.Id!.Value.Value);
        }

        return CommitId.Parse("events." + hash.FinishInFull());
    }
}

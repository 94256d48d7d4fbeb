using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Appending;

/// <summary>Events to be appended to one stream, all or none.</summary>
public sealed record AppendRequest
{
    /// <summary>The stream, which begins with its first append.</summary>
    public required StreamId Stream { get; init; }

    /// <summary>The events in order; at least one and at most <see cref="AppendLimits.MaxEvents"/>.</summary>
    public required IReadOnlyList<NewEvent> Events { get; init; }

    /// <summary>What must be true of the stream; <see cref="ExpectedPosition.Any"/> where nothing is said.</summary>
    public ExpectedPosition Expected { get; init; } = ExpectedPosition.Any;

    /// <summary>
    /// The caller's idempotency key. Without one, events that all bring their own ids are keyed by these; otherwise the store makes a key that
    /// serves its own repeats.
    /// </summary>
    public CommitId? CommitId { get; init; }

    /// <summary>
    /// The digest of the request that the events were decided for, where a repeat of it may come with other events: it then tells a repeat from a
    /// reused key, and a repeat is given what was stored. Without one, the digest of stream, events and metadata does that.
    /// </summary>
    public RequestFingerprint? Fingerprint { get; init; }

    /// <summary>Who and what caused it.</summary>
    public AppendMetadata Metadata { get; init; } = new();

    /// <summary>The aggregate whose stream it is has folded the events already: they need not be tried again.</summary>
    internal bool IsFolded { get; init; }
}

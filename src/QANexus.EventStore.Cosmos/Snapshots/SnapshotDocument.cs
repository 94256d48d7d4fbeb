namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>The store's own snapshot document of a stream, as it was read.</summary>
internal sealed record SnapshotDocument
{
    /// <summary>A stream without one.</summary>
    public static SnapshotDocument None { get; } = new();

    /// <summary>What a replacement is conditional on; null where there is no document.</summary>
    public string? ETag { get; init; }

    /// <summary>The state; null in a tombstone, and where it cannot be used.</summary>
    public StoredState? State { get; init; }

    /// <summary>Why there is no state though there should be one; null where the document is sound.</summary>
    public string? Defect { get; init; }

    /// <summary>
    /// For each commit that was redacted, the revision that a replay must at least have seen before its state may be kept; null where they cannot be
    /// read, and the document must not be replaced.
    /// </summary>
    public IReadOnlyDictionary<long, long>? Revisions { get; init; } = new Dictionary<long, long>();
}

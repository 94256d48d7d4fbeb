namespace QANexus.EventStore.Snapshots;

/// <summary>Why a snapshot is not used.</summary>
internal enum SnapshotFlaw
{
    /// <summary>It was made for another state or by another fold: expected once after a new build.</summary>
    StaleSchema,

    /// <summary>It is not what the store wrote, or cannot be read as the state.</summary>
    Corrupt,

    /// <summary>It claims more than the stream has.</summary>
    TooNew,
}

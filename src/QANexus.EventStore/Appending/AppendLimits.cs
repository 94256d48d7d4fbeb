namespace QANexus.EventStore.Appending;

/// <summary>What one append may carry. Beyond it nothing is written.</summary>
public static class AppendLimits
{
    /// <summary>Events in one append.</summary>
    public const int MaxEvents = 1_000;

    /// <summary>Bytes of one event's data, in UTF-8.</summary>
    public const int MaxDataBytes = 256 * 1024;

    /// <summary>Bytes of one metadata object, in UTF-8.</summary>
    public const int MaxMetadataBytes = 8 * 1024;

    /// <summary>Bytes of all data and metadata together: what fits one transactional batch of 2 MB with room to spare.</summary>
    public const int MaxBytes = 1024 * 1024;
}

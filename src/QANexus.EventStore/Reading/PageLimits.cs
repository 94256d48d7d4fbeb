namespace QANexus.EventStore.Reading;

/// <summary>What a page of events may hold, however many were asked for.</summary>
internal static class PageLimits
{
    /// <summary>
    /// Bytes of event data from which a page takes no further event: a thousand events of the largest size would be a quarter of a gigabyte.
    /// </summary>
    public const int MaxBytes = 4 * 1024 * 1024;
}

namespace QANexus.EventStore.Reading;

/// <summary>The order in which events are read.</summary>
public enum ReadDirection
{
    /// <summary>Oldest event first.</summary>
    Forward,

    /// <summary>Newest event first.</summary>
    Backward,
}

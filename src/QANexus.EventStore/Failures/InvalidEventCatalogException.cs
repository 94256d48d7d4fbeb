namespace QANexus.EventStore.Failures;

/// <summary>What was registered about event types contradicts itself, so that the process does not start.</summary>
/// <param name="problems">Everything that is wrong, at least one entry, each naming the type and its versions.</param>
public sealed class InvalidEventCatalogException(IReadOnlyList<string> problems)
    : EventStoreException("The event catalogue is not valid: " + string.Join(" ", problems))
{
    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}

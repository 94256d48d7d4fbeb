using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Health;

/// <summary>Finds out whether the store can serve.</summary>
public interface IStoreProbe
{
    /// <summary>Returns when the store answers.</summary>
    /// <exception cref="EventStoreException">It does not, and the message says why.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}

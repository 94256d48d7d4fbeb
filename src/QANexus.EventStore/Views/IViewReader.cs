using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Reads the views of a tenant. They follow the events; who needs to see a certain one names its position.</summary>
public interface IViewReader
{
    /// <summary>How long a read waits for a position.</summary>
    static TimeSpan AtLeastTimeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Documents of one page at most.</summary>
    const int LargestMaxCount = 1_000;

    /// <summary>Whether there is such a view.</summary>
    bool Exists(SubscriptionName view);

    /// <summary>One document, or null.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="view">One that <see cref="Exists"/>.</param>
    /// <param name="id">Which document.</param>
    /// <param name="atLeast">A position that the view must have reached, waited for at most <see cref="AtLeastTimeout"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or the view has not reached the position in time.</exception>
    Task<ViewAnswer<ViewDocument?>> FindAsync(
        TenantId tenant, SubscriptionName view, ViewId id, StreamReached? atLeast, CancellationToken cancellationToken);

    /// <summary>A page of documents in the order of their ids.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="view">One that <see cref="Exists"/>.</param>
    /// <param name="after">The last id of the page before.</param>
    /// <param name="maxCount">1 to <see cref="LargestMaxCount"/>.</param>
    /// <param name="atLeast">A position that the view must have reached, waited for at most <see cref="AtLeastTimeout"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or the view has not reached the position in time.</exception>
    Task<ViewAnswer<ViewPage>> ListAsync(
        TenantId tenant, SubscriptionName view, ViewId? after, int maxCount, StreamReached? atLeast, CancellationToken cancellationToken);
}

/// <summary>A position of a stream that a view is asked to have reached.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Position">Its position.</param>
public readonly record struct StreamReached(StreamId Stream, StreamPosition Position);

/// <summary>A document of a view.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Data">One JSON object in UTF-8.</param>
/// <param name="Through">The last event that changed it.</param>
public sealed record ViewDocument(ViewId Id, ReadOnlyMemory<byte> Data, ViewPosition? Through);

/// <summary>A page of a view.</summary>
/// <param name="Documents">By id.</param>
/// <param name="Next">The id to go on after; null on the last page.</param>
public sealed record ViewPage(IReadOnlyList<ViewDocument> Documents, ViewId? Next);

/// <summary>What was read, and what it cost.</summary>
/// <param name="Value">What was read.</param>
/// <param name="RequestCharge">Request units spent.</param>
public sealed record ViewAnswer<T>(T Value, double RequestCharge);

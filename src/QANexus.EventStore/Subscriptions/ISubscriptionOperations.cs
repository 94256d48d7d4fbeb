using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Looks after a tenant's subscriptions: how far they are, what is parked, and what to do about it.</summary>
public interface ISubscriptionOperations
{
    /// <summary>Every subscription group.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyList<SubscriptionStatus>> ListAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>The parked streams of a group, at most <see cref="LargestMaxCount"/> of each handler's; null where there is no such group.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyList<ParkedStream>?> ParkedAsync(TenantId tenant, SubscriptionName group, CancellationToken cancellationToken);

    /// <summary>
    /// Lifts the parking of a stream, for one handler or all, and delivers from where it stopped. A call that ends early loses nothing: what is left
    /// follows with the stream's next delivery, or with another call.
    /// </summary>
    /// <returns>What of the stream is parked now; null where there is no such group.</returns>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyList<ParkedStream>?> RetryAsync(
        TenantId tenant, SubscriptionName group, StreamId stream, SubscriptionName? handler, CancellationToken cancellationToken);

    /// <summary>As <see cref="RetryAsync"/>, but leaves out the event that failed, and records who decided that and why.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyList<ParkedStream>?> SkipAsync(
        TenantId tenant, SubscriptionName group, StreamId stream, SubscriptionName? handler, string reason, string by, CancellationToken cancellationToken);

    /// <summary>Parked streams listed of one handler at most.</summary>
    static int LargestMaxCount => 1_000;
}

/// <summary>How a subscription group stands for one tenant.</summary>
/// <param name="Name">The group.</param>
/// <param name="Handlers">Its subscribers or views.</param>
/// <param name="LagCommits">Commits of interest that it has not handled yet, parked streams aside; counted in the tenant's newest commits.</param>
/// <param name="Lag">How long the oldest of them has been stored.</param>
/// <param name="ParkedStreams">Streams that are parked for a handler.</param>
/// <param name="IsLagExact">False where more commits may be waiting than were looked at.</param>
public sealed record SubscriptionStatus(
    SubscriptionName Name, IReadOnlyList<SubscriptionName> Handlers, long LagCommits, TimeSpan Lag, long ParkedStreams, bool IsLagExact);

/// <summary>A stream that a handler is not given any more, because it kept failing.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Handler">The handler.</param>
/// <param name="Commit">The commit that failed.</param>
/// <param name="EventId">The event that failed; null where the commit itself cannot be read.</param>
/// <param name="EventType">Its type as stored.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Attempts">How often it was tried in all.</param>
/// <param name="FirstAt">When it first failed.</param>
/// <param name="LastAt">When it last failed.</param>
public sealed record ParkedStream(
    StreamId Stream, SubscriptionName Handler, long Commit, EventId? EventId, EventType? EventType, string Error, int Attempts,
    DateTimeOffset FirstAt, DateTimeOffset LastAt);

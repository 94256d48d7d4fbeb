using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.Api.Tests.Hosting;

/// <summary>One subscription, <c>audit</c>, with the parked streams that a test says; what is done to them is kept.</summary>
internal sealed class ScriptedSubscriptions : ISubscriptionOperations
{
    public static SubscriptionName Audit { get; } = SubscriptionName.Parse("audit");

    public List<ParkedStream> Parked { get; } = [];

    public List<string> Acts { get; } = [];

    public Task<IReadOnlyList<SubscriptionStatus>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SubscriptionStatus>>(
            [new SubscriptionStatus(Audit, [SubscriptionName.Parse("trail")], LagCommits: 3, TimeSpan.FromSeconds(1.5), Parked.Count, IsLagExact: true)]);

    public Task<IReadOnlyList<ParkedStream>?> ParkedAsync(TenantId tenant, SubscriptionName group, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ParkedStream>?>(group == Audit ? Parked : null);

    public Task<IReadOnlyList<ParkedStream>?> RetryAsync(
        TenantId tenant, SubscriptionName group, StreamId stream, SubscriptionName? handler, CancellationToken cancellationToken)
    {
        Acts.Add($"retry {stream} {handler}");
        return ParkedAsync(tenant, group, cancellationToken);
    }

    public Task<IReadOnlyList<ParkedStream>?> SkipAsync(
        TenantId tenant, SubscriptionName group, StreamId stream, SubscriptionName? handler, string reason, string by, CancellationToken cancellationToken)
    {
        Acts.Add($"skip {stream} {handler}: {reason} ({by})");
        return ParkedAsync(tenant, group, cancellationToken);
    }
}

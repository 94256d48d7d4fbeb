using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Subscriptions;

/// <summary>What every delivery needs.</summary>
internal sealed class DeliveryServices(
    ICommitSource commits, EventUpcaster upcaster, SeenCommits seen, IOptions<SubscriptionOptions> options, SubscriptionMetrics metrics,
    TimeProvider time, ILogger<DeliveryEngine> logger)
{
    public ICommitSource Commits => commits;

    public EventUpcaster Upcaster => upcaster;

    public SeenCommits Seen => seen;

    public SubscriptionOptions Options => options.Value;

    public SubscriptionMetrics Metrics => metrics;

    public TimeProvider Time => time;

    public ILogger Logger => logger;
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace QANexus.EventStore.Subscriptions;

/// <summary>What subscriptions measure.</summary>
internal sealed class SubscriptionMetrics : IDisposable
{
    public const string MeterName = "QANexus.EventStore";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> handled;
    private readonly Counter<long> retried;
    private readonly Counter<long> parked;
    private readonly Gauge<long> parkedStreams;
    private readonly Counter<long> redelivered;
    private readonly Counter<double> charge;
    private readonly Histogram<double> lag;
    private readonly Histogram<long> lagCommits;
    private readonly Histogram<double> reconcilerLag;

    public SubscriptionMetrics()
    {
        handled = meter.CreateCounter<long>("qanexus.subscription.handled", "{event}", "Events handled.");
        retried = meter.CreateCounter<long>("qanexus.subscription.retried", "{attempt}", "Attempts that failed and were repeated.");
        parked = meter.CreateCounter<long>("qanexus.subscription.parked", "{stream}", "Streams parked for a handler.");
        parkedStreams = meter.CreateGauge<long>("qanexus.subscription.parked_streams", "{stream}", "Streams that are parked now.");
        redelivered = meter.CreateCounter<long>("qanexus.subscription.redelivered", "{commit}", "Commits that the reconciler handed over again.");
        charge = meter.CreateCounter<double>("qanexus.subscription.request_charge", "{RU}", "Request units of deliveries.");
        lag = meter.CreateHistogram<double>("qanexus.subscription.lag", "s", "From an event's storing to its handling.");
        lagCommits = meter.CreateHistogram<long>("qanexus.subscription.lag_commits", "{commit}", "Commits that a stream was behind when it was delivered.");
        reconcilerLag = meter.CreateHistogram<double>("qanexus.reconciler.lag", "s", "From a commit's storing to the reconciler's passing it.");
    }

    public void Handled(SubscriptionName group, SubscriptionName handler, TimeSpan age)
    {
        handled.Add(1, Tags(group, handler));
        lag.Record(Math.Max(0, age.TotalSeconds), Tags(group, handler));
    }

    public void Retried(SubscriptionName group, SubscriptionName handler) => retried.Add(1, Tags(group, handler));

    public void Parked(SubscriptionName group, SubscriptionName handler) => parked.Add(1, Tags(group, handler));

    public void ParkedNow(SubscriptionName group, long streams) => parkedStreams.Record(streams, new TagList { { "subscription", group.Value } });

    public void Behind(SubscriptionName group, long commits) => lagCommits.Record(commits, new TagList { { "subscription", group.Value } });

    public void Redelivered(SubscriptionName group, long commits) => redelivered.Add(commits, new TagList { { "subscription", group.Value } });

    public void Charged(SubscriptionName group, double units) => charge.Add(units, new TagList { { "subscription", group.Value } });

    public void Reconciled(SubscriptionName group, TimeSpan age) =>
        reconcilerLag.Record(Math.Max(0, age.TotalSeconds), new TagList { { "subscription", group.Value } });

    public void Dispose() => meter.Dispose();

    private static TagList Tags(SubscriptionName group, SubscriptionName handler) =>
        new() { { "subscription", group.Value }, { "handler", handler.Value } };
}

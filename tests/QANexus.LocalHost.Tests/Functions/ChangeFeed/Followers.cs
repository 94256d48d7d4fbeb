using Microsoft.Azure.Functions.Worker;

namespace QANexus.LocalHost.Tests.Functions.ChangeFeed;

/// <summary>Function classes that differ in what their attributes say; what they do is the probe's business.</summary>
internal static class Followers
{
    public const string Database = TriggerFixture.DatabaseName;
    public const string Events = "events";
    public const int SoonMilliseconds = 20;

    public sealed class Unprotected(Probe probe)
    {
        public const string Name = "unprotected";

        [Function(Name)]
        public Task Run(
            [CosmosDBTrigger(Database, Events, Connection = "Cosmos", LeaseContainerPrefix = Name, FeedPollDelay = SoonMilliseconds,
                MaxItemsPerInvocation = 1, StartFromBeginning = true)] string documents,
            CancellationToken cancellationToken) => probe.CallAsync(Name, documents, cancellationToken);
    }

    public sealed class Persistent(Probe probe)
    {
        public const string Name = "persistent";

        [Function(Name), ExponentialBackoffRetry(-1, "00:00:01", "00:00:10")]
        public Task Run(
            [CosmosDBTrigger(Database, Events, Connection = "Cosmos", LeaseContainerPrefix = Name, FeedPollDelay = SoonMilliseconds,
                MaxItemsPerInvocation = 1, StartFromBeginning = true)] string documents,
            CancellationToken cancellationToken) => probe.CallAsync(Name, documents, cancellationToken);
    }

    public sealed class Patient(Probe probe)
    {
        public const string Name = "patient";

        [Function(Name), FixedDelayRetry(2, "00:00:05")]
        public Task Run(
            [CosmosDBTrigger(Database, Events, Connection = "Cosmos", LeaseContainerPrefix = Name, FeedPollDelay = SoonMilliseconds,
                MaxItemsPerInvocation = 1, StartFromBeginning = true)] string documents,
            CancellationToken cancellationToken) => probe.CallAsync(Name, documents, cancellationToken);
    }

    /// <summary>Of the trigger's times only those that must be short for a test of hosts that share leases.</summary>
    public sealed class Sharing(Probe probe)
    {
        public const string Name = "sharing";

        [Function(Name), FixedDelayRetry(-1, "00:00:01")]
        public Task Run(
            [CosmosDBTrigger(Database, Events, Connection = "Cosmos", LeaseContainerPrefix = Name, FeedPollDelay = SoonMilliseconds,
                LeaseAcquireInterval = 100, LeaseExpirationInterval = 1500, LeaseRenewInterval = 200, StartFromBeginning = true)] string documents,
            CancellationToken cancellationToken) => probe.CallAsync(Name, documents, cancellationToken);
    }

    public sealed class FromNow(Probe probe)
    {
        public const string Name = "from-now";

        [Function(Name)]
        public Task Run([CosmosDBTrigger(Database, Events, Connection = "Cosmos", LeaseContainerPrefix = Name)] string documents, CancellationToken cancellationToken) =>
            probe.CallAsync(Name, documents, cancellationToken);
    }

    public sealed class WithScope(Probe probe, TriggerFixture.Scoped first, TriggerFixture.Scoped second)
    {
        public const string Name = "with-scope";
        private int calls;

        [Function(Name)]
        public Task Run(
            [CosmosDBTrigger(Database, Events, Connection = "Cosmos", LeaseContainerPrefix = Name, FeedPollDelay = SoonMilliseconds,
                MaxItemsPerInvocation = 1, StartFromBeginning = true)] string documents)
        {
            probe.Scopes.Add((++calls, first, ReferenceEquals(first, second)));
            return probe.CallAsync(Name, documents, CancellationToken.None);
        }
    }
}

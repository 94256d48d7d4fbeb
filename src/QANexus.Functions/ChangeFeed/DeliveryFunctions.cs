using System.Threading;
using System.Threading.Tasks;
using Microsoft.Azure.Functions.Worker;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Subscriptions;

namespace QANexus.Functions.ChangeFeed;

/// <summary>
/// The subscription groups on the change feed. An exception means that the store cannot serve: the policy without end repeats the batch and keeps the
/// lease where it is.
/// </summary>
public sealed class DeliveryFunctions(SubscriptionRunner subscriptions)
{
    private const string Database = "qanexus";

    [Function(SubscriptionGroups.ProjectViews)]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:01:00")]
    public Task ProjectViews(
        [CosmosDBTrigger(Database, ContainerNames.Events, Connection = "Cosmos", LeaseContainerName = ContainerNames.Leases,
            LeaseContainerPrefix = SubscriptionGroups.ProjectViews, StartFromBeginning = true, FeedPollDelay = 500)] string documents,
        CancellationToken cancellationToken) =>
        subscriptions.DeliverAsync(SubscriptionGroups.Views, documents, cancellationToken);

    [Function(SubscriptionGroups.RunSubscribers)]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:01:00")]
    public Task RunSubscribers(
        [CosmosDBTrigger(Database, ContainerNames.Events, Connection = "Cosmos", LeaseContainerName = ContainerNames.Leases,
            LeaseContainerPrefix = SubscriptionGroups.RunSubscribers, StartFromBeginning = true, FeedPollDelay = 500)] string documents,
        CancellationToken cancellationToken) =>
        subscriptions.DeliverAsync(SubscriptionGroups.Subscribers, documents, cancellationToken);

    [Function(SubscriptionGroups.TakeSnapshots)]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:01:00")]
    public Task TakeSnapshots(
        [CosmosDBTrigger(Database, ContainerNames.Events, Connection = "Cosmos", LeaseContainerName = ContainerNames.Leases,
            LeaseContainerPrefix = SubscriptionGroups.TakeSnapshots, StartFromBeginning = true)] string documents,
        CancellationToken cancellationToken) =>
        subscriptions.TakeSnapshotsAsync(documents, cancellationToken);
}

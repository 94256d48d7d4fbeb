using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Views;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.EventStore.Cosmos.Subscriptions;

/// <summary>Adds subscriptions on Cosmos DB to a host.</summary>
public static class CosmosSubscriptionsRegistration
{
    /// <summary>
    /// Registers subscriptions over the change feed of the <c>events</c> container, with their checkpoints in <c>subscriptions</c>. Needs
    /// <c>AddCosmosEventStore</c>. Safe to call twice.
    /// </summary>
    public static OptionsBuilder<SubscriptionOptions> AddCosmosSubscriptions(
        this IServiceCollection services, Action<SubscriptionOptions>? configure = null)
    {
        services.TryAddSingleton<ICommitSource>(static provider => Create(
            provider, ContainerNames.Events, static (container, options, time) => new CommitSource(container, options, time)));
        services.TryAddSingleton<ICommitHeads>(static provider => Create(
            provider, ContainerNames.Events, static (container, options, time) => new CommitHeads(container, options, time)));
        services.TryAddSingleton<ICommitFeed>(static provider => Create(
            provider, ContainerNames.Events, static (container, options, time) => new CommitFeed(container, options, time)));
        services.TryAddSingleton<ITriggerProgress>(static provider => Create(
            provider, ContainerNames.Leases, static (container, options, time) => new TriggerProgress(container, options, time)));
        services.TryAddSingleton<IReconcilerStates>(static provider => Create(
            provider, ContainerNames.Subscriptions, static (container, options, time) => new ReconcilerStateDocument.Store(container, options, time)));
        services.TryAddSingleton<ICheckpointStore>(static provider => Create(
            provider, ContainerNames.Subscriptions, static (container, options, time) => new CheckpointStore(container, options, time)));
        services.TryAddSingleton<IViewStore>(static provider => Create(
            provider, ContainerNames.Views, static (container, options, time) => new ViewStore(container, options, time)));
        services.TryAddSingleton<IViewVersions>(static provider => Create(
            provider, ContainerNames.Views, static (container, options, time) => new ViewVersionsDocument.Store(container, options, time)));
        services.TryAddSingleton<IRebuildJobs>(static provider => Create(
            provider, ContainerNames.Views, static (container, options, time) => new RebuildDocument.Store(container, options, time)));
        return services.AddSubscriptions(configure);
    }

    private static T Create<T>(IServiceProvider provider, string name, Func<Container, CosmosEventStoreOptions, TimeProvider, T> create)
    {
        var options = provider.GetRequiredService<IOptions<CosmosEventStoreOptions>>().Value;
        return create(
            provider.GetRequiredService<CosmosClient>().GetContainer(options.DatabaseName, name), options, provider.GetRequiredService<TimeProvider>());
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Upcasting;
using QANexus.EventStore.Views;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Adds subscriptions to a host.</summary>
public static class SubscriptionsRegistration
{
    /// <summary>
    /// Registers what delivers the change feed to the subscribers that are registered. A store must bring the checkpoints. Safe to call twice.
    /// </summary>
    public static OptionsBuilder<SubscriptionOptions> AddSubscriptions(
        this IServiceCollection services, Action<SubscriptionOptions>? configure = null)
    {
        services.AddEventUpcasting();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SeenCommits>();
        services.TryAddSingleton<SubscriptionMetrics>();
        services.TryAddSingleton(static provider => new DeliveryServices(
            provider.GetRequiredService<ICommitSource>(),
            provider.GetRequiredService<EventUpcaster>(),
            provider.GetRequiredService<SeenCommits>(),
            provider.GetRequiredService<IOptions<SubscriptionOptions>>(),
            provider.GetRequiredService<SubscriptionMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.LoggerOf<DeliveryEngine>()));
        services.TryAddSingleton<DeliveryEngine>();
        services.TryAddSingleton(static provider => new SubscriberGroup(
            provider.GetServices<IEventSubscriber>(),
            provider.GetRequiredService<EventUpcaster>(),
            provider.GetRequiredService<ICheckpointStore>(),
            provider.GetRequiredService<IOptions<SubscriptionOptions>>(),
            provider.GetRequiredService<SubscriptionMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.LoggerOf<SubscriberGroup>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILaneSet, SubscriberGroup>(static provider => provider.GetRequiredService<SubscriberGroup>()));
        services.TryAddSingleton(static provider => new SubscriptionRunner(
            provider.GetServices<ILaneSet>(), provider.GetRequiredService<DeliveryEngine>(), provider.GetService<ISnapshotTaker>(),
            provider.LoggerOf<SubscriptionRunner>()));
        services.TryAddSingleton(static provider => new Reconciler(
            provider.GetServices<ILaneSet>(),
            provider.GetRequiredService<ICommitFeed>(),
            provider.GetRequiredService<ITriggerProgress>(),
            provider.GetRequiredService<IReconcilerStates>(),
            provider.GetRequiredService<DeliveryEngine>(),
            provider.GetRequiredService<DeliveryServices>(),
            provider.GetRequiredService<ParkedMeasurement>()));
        services.TryAddSingleton<ParkedMeasurement>();
        services.TryAddSingleton<LagMeasurement>();
        services.TryAddSingleton<ISubscriptionOperations, SubscriptionOperations>();
        services.AddViews();
        var builder = services.AddOptions<SubscriptionOptions>().ValidateDataAnnotations().ValidateOnStart();
        return configure is null ? builder : builder.Configure(configure);
    }

    /// <summary>Adds a subscriber to the group <see cref="SubscriptionGroups.Subscribers"/>; the same class twice is one subscriber.</summary>
    public static IServiceCollection AddEventSubscriber<TSubscriber>(this IServiceCollection services)
        where TSubscriber : class, IEventSubscriber
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventSubscriber, TSubscriber>());
        return services;
    }

    /// <summary>The host's logger, or one that says nothing where the host has none.</summary>
    internal static ILogger<T> LoggerOf<T>(this IServiceProvider provider) => provider.GetService<ILogger<T>>() ?? NullLogger<T>.Instance;
}

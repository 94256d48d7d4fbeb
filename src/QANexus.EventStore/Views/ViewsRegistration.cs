using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Adds views to a host.</summary>
public static class ViewsRegistration
{
    /// <summary>Adds a projection to the group <see cref="SubscriptionGroups.Views"/>; the same class twice is one projection.</summary>
    public static IServiceCollection AddProjection<TProjection>(this IServiceCollection services)
        where TProjection : Projection
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Projection, TProjection>());
        return services;
    }

    /// <summary>Declares a view that a subscriber writes through <see cref="IViewWriter"/>.</summary>
    public static IServiceCollection AddSubscriberView(this IServiceCollection services, SubscriptionName view)
    {
        if (!services.Any(service => service.ImplementationInstance is SubscriberView known && known.View == view))
        {
            services.AddSingleton(new SubscriberView(view));
        }

        return services;
    }

    /// <summary>Registers what keeps, reads and rebuilds views. Safe to call twice.</summary>
    internal static void AddViews(this IServiceCollection services)
    {
        services.TryAddSingleton<ViewCatalog>();
        services.TryAddSingleton(static provider => new ProjectionGroup(
            provider.GetServices<Projection>(),
            provider.GetRequiredService<ViewCatalog>(),
            provider.GetRequiredService<IViewStore>(),
            provider.GetRequiredService<DeliveryServices>(),
            provider.LoggerOf<ProjectionGroup>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILaneSet, ProjectionGroup>(static provider => provider.GetRequiredService<ProjectionGroup>()));
        services.TryAddSingleton(static provider => new ViewRebuilds(
            provider.GetRequiredService<IRebuildJobs>(),
            provider.GetRequiredService<IViewVersions>(),
            provider.GetRequiredService<IViewStore>(),
            provider.GetRequiredService<ICommitFeed>(),
            provider.GetRequiredService<ICommitHeads>(),
            provider.GetRequiredService<ProjectionGroup>(),
            provider.GetRequiredService<DeliveryEngine>(),
            provider.GetRequiredService<DeliveryServices>()));
        services.TryAddSingleton<IViewRebuilds>(static provider => provider.GetRequiredService<ViewRebuilds>());
        services.TryAddSingleton<IViewReader>(static provider => new ViewReader(
            provider.GetRequiredService<ProjectionGroup>(),
            provider.GetRequiredService<SubscriberGroup>,
            provider.GetServices<SubscriberView>(),
            provider.GetRequiredService<IViewStore>(),
            provider.GetRequiredService<DeliveryServices>()));
        services.TryAddSingleton<IViewWriter, ViewWriter>();
    }
}

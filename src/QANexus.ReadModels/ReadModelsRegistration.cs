using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.Domain.Releases.Readiness;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Activity;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Readiness;
using QANexus.ReadModels.Streams;

namespace QANexus.ReadModels;

/// <summary>Adds the read models to a host.</summary>
public static class ReadModelsRegistration
{
    /// <summary>
    /// The views <c>stream-list</c>, <c>activity</c>, <c>audit-trail</c> and <c>readiness-sources</c>, and what reads them for the domain. Safe to call twice.
    /// </summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services)
    {
        services.TryAddSingleton<IReadinessEvidence, ReleaseReadinessAdapter>();
        return services
            .AddProjection<StreamList>()
            .AddProjection<DailyActivity>()
            .AddProjection<ReadinessSources>()
            .AddSubscriberView(AuditTrail.View)
            .AddEventSubscriber<AuditTrail>();
    }
}

using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Activity;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Streams;

namespace QANexus.ReadModels;

/// <summary>Adds the read models to a host.</summary>
public static class ReadModelsRegistration
{
    /// <summary>The views <c>stream-list</c>, <c>activity</c> and <c>audit-trail</c>. Safe to call twice.</summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services) => services
        .AddProjection<StreamList>()
        .AddProjection<DailyActivity>()
        .AddSubscriberView(AuditTrail.View)
        .AddEventSubscriber<AuditTrail>();
}

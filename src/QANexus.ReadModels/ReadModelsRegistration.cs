using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.Domain.Releases.Readiness;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Activity;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Bugs;
using QANexus.ReadModels.Dashboard;
using QANexus.ReadModels.Planning;
using QANexus.ReadModels.Readiness;
using QANexus.ReadModels.Releases;
using QANexus.ReadModels.Requirements;
using QANexus.ReadModels.Sprints;
using QANexus.ReadModels.Streams;
using QANexus.ReadModels.TestRuns;

namespace QANexus.ReadModels;

/// <summary>Adds the read models to a host.</summary>
public static class ReadModelsRegistration
{
    /// <summary>
    /// The views that the README lists, and what reads them for the domain. Safe to call twice.
    /// </summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services)
    {
        services.TryAddSingleton<IReadinessEvidence, ReleaseReadinessAdapter>();
        return services
            .AddProjection<StreamList>()
            .AddProjection<DailyActivity>()
            .AddProjection<ReadinessSources>()
            .AddProjection<DashboardView>()
            .AddProjection<RequirementList>()
            .AddProjection<RequirementChangeTrail>()
            .AddProjection<StructuredBacklog>()
            .AddProjection<SprintBoard>()
            .AddProjection<Velocity>()
            .AddProjection<BugBoard>()
            .AddProjection<TestRunList>()
            .AddProjection<ReleaseList>()
            .AddSubscriberView(AuditTrail.View)
            .AddEventSubscriber<AuditTrail>();
    }
}

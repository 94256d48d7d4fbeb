using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.Domain;
using QANexus.Domain.Bugs.Metrics;
using QANexus.Domain.Releases.Readiness;
using QANexus.Domain.Sprints.Planning;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Activity;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Bugs;
using QANexus.ReadModels.Causation;
using QANexus.ReadModels.Dashboard;
using QANexus.ReadModels.Deployment;
using QANexus.ReadModels.Notifications;
using QANexus.ReadModels.Planning;
using QANexus.ReadModels.Readiness;
using QANexus.ReadModels.Releases;
using QANexus.ReadModels.Requirements;
using QANexus.ReadModels.Sprints;
using QANexus.ReadModels.Streams;
using QANexus.ReadModels.TestRuns;
using QANexus.ReadModels.Verification;

namespace QANexus.ReadModels;

/// <summary>Adds the read models to a host.</summary>
public static class ReadModelsRegistration
{
    /// <summary>All views, what reads them for the domain, and what happens because of the domain's events, with the domain itself. Safe to call twice.</summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services)
    {
        services.AddQADomain();
        services.TryAddSingleton<IReadinessEvidence, ReleaseReadinessAdapter>();
        services.TryAddSingleton<IBugMetrics, BugAdapter>();
        services.TryAddSingleton<ISprintCandidates, SprintAdapter>();
        services.TryAddSingleton<IPassRateHistory, PassRateHistory>();
        return services
            .AddProjection<StreamList>()
            .AddProjection<DailyActivity>()
            .AddProjection<ReadinessSources>()
            .AddPages()
            .AddSubscriberView(AuditTrail.View)
            .AddEventSubscriber<AuditTrail>()
            .AddReactions();
    }

    /// <summary>What the pages of the QA domain show.</summary>
    private static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddProjection<DashboardView>()
        .AddProjection<RequirementList>()
        .AddProjection<RequirementChangeTrail>()
        .AddProjection<StructuredBacklog>()
        .AddProjection<SprintBoard>()
        .AddProjection<Velocity>()
        .AddProjection<BugBoard>()
        .AddProjection<TestRunList>()
        .AddProjection<ReleaseList>();

    /// <summary>What happens because of events of the QA domain.</summary>
    private static IServiceCollection AddReactions(this IServiceCollection services)
    {
        services.TryAddSingleton<CausedCommands>();
        return services
            .AddProjection<NotificationInbox>()
            .AddProjection<ScoreHistories>()
            .AddProjection<DeploymentEnablements>()
            .AddProjection<DeploymentApprovals>()
            .AddProjection<QaQueue>()
            .AddProjection<TestRunReports>()
            .AddSubscriberView(RequirementCompletion.FinishedTasks)
            .AddSubscriberView(SprintBaselines.View)
            .AddEventSubscriber<TaskGeneration>()
            .AddEventSubscriber<SprintBaselines>()
            .AddEventSubscriber<RequirementCompletion>()
            .AddEventSubscriber<BugPlanning>()
            .AddEventSubscriber<FailureReporting>()
            .AddEventSubscriber<ReleaseReevaluation>()
            .AddEventSubscriber<DeploymentVerification>();
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.Domain;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Activity;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Causation;
using QANexus.ReadModels.Deployment;
using QANexus.ReadModels.Notifications;
using QANexus.ReadModels.Planning;
using QANexus.ReadModels.Readiness;
using QANexus.ReadModels.Streams;
using QANexus.ReadModels.TestRuns;
using QANexus.ReadModels.Verification;

namespace QANexus.ReadModels;

/// <summary>Adds the read models to a host.</summary>
public static class ReadModelsRegistration
{
    /// <summary>All views, and the handlers that react to events of the QA domain, with the domain itself. Safe to call twice.</summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services) => services
        .AddProjection<StreamList>()
        .AddProjection<DailyActivity>()
        .AddSubscriberView(AuditTrail.View)
        .AddEventSubscriber<AuditTrail>()
        .AddReactions();

    /// <summary>What happens because of events of the QA domain.</summary>
    private static IServiceCollection AddReactions(this IServiceCollection services)
    {
        services.AddQADomain();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CausedCommands>();
        return services
            .AddProjection<NotificationInbox>()
            .AddProjection<ScoreHistories>()
            .AddProjection<DeploymentEnablements>()
            .AddProjection<DeploymentApprovals>()
            .AddProjection<QaQueue>()
            .AddProjection<TestRunReports>()
            .AddEventSubscriber<TaskGeneration>()
            .AddEventSubscriber<DeploymentVerification>();
    }
}

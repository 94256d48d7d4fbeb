using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.Domain.Bugs;
using QANexus.Domain.Policies;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Readiness;
using QANexus.Domain.Requirements;
using QANexus.Domain.Reservations;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.Domain.Upcasting;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Upcasting;

namespace QANexus.Domain;

/// <summary>Adds the QA domain to a host.</summary>
public static class QADomainRegistration
{
    /// <summary>Registers the aggregates, their event types, and what becomes of older versions of these. Safe to call twice.</summary>
    public static IServiceCollection AddQADomain(this IServiceCollection services)
    {
        services.AddAggregate<RequirementAggregate>();
        services.AddAggregate<SprintAggregate>();
        services.AddAggregate<ReleaseAggregate>();
        services.AddAggregate<BugAggregate>();
        services.AddAggregate<TestRunAggregate>();
        services.AddAggregate<ReservationAggregate>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TenantPolicies>();
        services.AddOptions<PolicyOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ReservationDesk>();
        services.TryAddSingleton<SprintCommands>();
        services.TryAddSingleton<ReleaseCommands>();
        services.TryAddSingleton<ReleaseEvaluation>();
        services.TryAddSingleton<TestRunAnalysis>();
        return services.AddEventTypes(QAEventTypes.Describe);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QANexus.Domain.Bugs;
using QANexus.Domain.Policies;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Releases.Readiness;
using QANexus.Domain.Requirements;
using QANexus.Domain.Reservations;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.Api.Tests.Hosting;

/// <summary>The domain beside the sample aggregate of these tests, which has the type Requirement too: it is left out of what folds any stream.</summary>
internal static class DomainServices
{
    public static void AddDomain(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new AggregateRepositories<RequirementState>(
            new RequirementAggregate(), provider.GetRequiredService<EventUpcaster>(), provider.GetRequiredService<IOptions<AggregateOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddAggregate<SprintAggregate>();
        services.AddAggregate<ReleaseAggregate>();
        services.AddAggregate<BugAggregate>();
        services.AddAggregate<TestRunAggregate>();
        services.AddAggregate<ReservationAggregate>();
        services.AddSingleton<TenantPolicies>();
        services.AddSingleton<ReservationDesk>();
        services.AddSingleton<SprintCommands>();
        services.AddSingleton<ReleaseCommands>();
        services.AddSingleton<ReleaseEvaluation>();
        services.AddSingleton<IReadinessEvidence, NoEvidence>();
        services.AddSingleton<TestRunAnalysis>();
        services.AddSingleton<IPassRateHistory, NoHistory>();
    }

    /// <summary>Of a tenant that nothing is known of.</summary>
    private sealed class NoEvidence : IReadinessEvidence
    {
        public Task<ReadinessInputs> GatherAsync(TenantId tenant, AggregateId release, CancellationToken cancellationToken) => Task.FromResult(new ReadinessInputs());
    }

    /// <summary>Of a tenant without a run that was completed.</summary>
    private sealed class NoHistory : IPassRateHistory
    {
        public Task<IReadOnlyList<PastPassRate>> NewestAsync(
            TenantId tenant, string? releaseId, StreamId run, StreamPosition position, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PastPassRate>>([]);
    }
}

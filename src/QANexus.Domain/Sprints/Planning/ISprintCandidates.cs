using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Sprints.Planning;

/// <summary>What sprint planning needs to know of requirements, and no more.</summary>
public interface ISprintCandidates
{
    /// <summary>The requirements as they are now, in the order asked for; what does not exist in the tenant is left out.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyList<SprintCandidate>> FindAsync(TenantId tenant, IReadOnlyCollection<AggregateId> requirements, CancellationToken cancellationToken);
}

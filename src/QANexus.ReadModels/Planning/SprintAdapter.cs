using QANexus.Domain.Policies;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints.Planning;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.ReadModels.Planning;

/// <summary>
/// Shows requirements to sprint planning as their own events tell them. Nothing is kept but the states that repositories remember by tenant and stream,
/// and bring up to date with each read.
/// </summary>
internal sealed class SprintAdapter(
    AggregateRepositories<RequirementState> repositories, IEventStore store, TenantPolicies policies)
    : ISprintCandidates
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<SprintCandidate>> FindAsync(
        TenantId tenant, IReadOnlyCollection<AggregateId> requirements, CancellationToken cancellationToken)
    {
        var repository = repositories.For(store.ForTenant(tenant));
        var found = new List<SprintCandidate>(requirements.Count);
        foreach (var id in requirements)
        {
            var requirement = await repository.LoadAsync(id, cancellationToken);
            if (requirement.State is { Exists: true } state)
            {
                found.Add(new SprintCandidate(
                    id.Value, requirement.Position.Version, state.Title, state.Content, TaskPlan.PriorityOf(state.Priority), state.Rqs?.Score,
                    state.IsReadyForSprint(policies.ForRequirements(tenant))));
            }
        }

        return found;
    }
}

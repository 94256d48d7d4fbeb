using QANexus.EventStore.Clearing;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Tests.Hosting;

/// <summary>Clears by raising the generation, and says of the deletion what a test says.</summary>
internal sealed class ScriptedClearing : ITenantClearing, ITenantGenerations
{
    private long generation;

    public Queue<TenantClearResult> Results { get; init; } = [];

    public Exception? Failure { get; init; }

    public List<TenantId> Cleared { get; } = [];

    public Task<TenantClearResult> ClearAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (Failure is not null)
        {
            return Task.FromException<TenantClearResult>(Failure);
        }

        generation++;
        Cleared.Add(tenant);
        return Task.FromResult(Results.TryDequeue(out var result) ? result : new TenantClearResult(0, IsDone: true, 3.5));
    }

    public ValueTask<TenantId> CurrentAsync(TenantId tenant, CancellationToken cancellationToken) => ValueTask.FromResult(tenant.InGeneration(generation));
}

using QANexus.EventStore.Clearing;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Clearing;

/// <summary>
/// Clears tenants: raises the generation, which makes everything that was there unreachable at once, then deletes the old generations' documents, a
/// bounded number a call. What is left to do is in the generation's document, so that any process can go on.
/// </summary>
internal sealed class CosmosTenantClearing(
    GenerationStore generations, IReadOnlyList<TenantContainer> containers, CosmosTenantClearOptions options, TimeProvider time) : ITenantClearing
{
    /// <summary>
    /// How long a request may be under way in a generation that has ended. What it stores after the deletion has passed by is deleted by the next clear;
    /// a generation that ended longer ago is not looked at again. The Functions host ends HTTP requests after 230 s.
    /// </summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan RetryAfterInterruption = TimeSpan.FromSeconds(1);

    public async Task<TenantClearResult> ClearAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var now = time.GetUtcNow();
        // Twice, where the answer to the first was lost, means one more generation that nobody was ever served in.
        var raised = await generations.ChangeAsync(tenant, document => document.Raise(now), charge, cancellationToken);
        try
        {
            var budget = new DeletionBudget(options.DocumentsPerCall);
            var emptied = await SweepAsync(tenant, raised.Left, budget, charge, cancellationToken);
            // Where the outcome of this write is open the number may be counted twice; it informs, and decides nothing.
            var left = await generations.ChangeAsync(
                tenant, document => Advance(document, raised, emptied, budget.Deleted, now), charge, cancellationToken);
            return new TenantClearResult(left.Deleted, emptied == raised.Left.Count, charge.Total);
        }
        catch (StoreThrottledException failure)
        {
            throw new TenantClearUnfinishedException(tenant, failure.RetryAfter, failure);
        }
        catch (StoreUnavailableException failure)
        {
            throw new TenantClearUnfinishedException(tenant, failure.RetryAfter, failure);
        }
        catch (OperationCanceledException failure)
        {
            throw new TenantClearUnfinishedException(tenant, RetryAfterInterruption, failure);
        }
    }

    /// <summary>Deletes from the oldest generation on, until all are empty, the call has done enough, or no request units are left.</summary>
    /// <returns>How many generations are empty.</returns>
    private async Task<int> SweepAsync(
        TenantId tenant, IReadOnlyList<GenerationDocument.OldGeneration> left, DeletionBudget budget, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var emptied = 0;
        try
        {
            foreach (var old in left)
            {
                foreach (var container in containers)
                {
                    if (!await container.DeleteAsync(tenant.InGeneration(old.Generation), budget, charge, cancellationToken))
                    {
                        return emptied;
                    }
                }

                emptied++;
            }
        }
        catch (StoreThrottledException) when (budget.Deleted > 0)
        {
            // Progress all the same; the rest waits for the next call.
        }

        return emptied;
    }

    /// <summary>The document after a call's work: another call may have raised the generation meanwhile, and has then its own to do.</summary>
    private static GenerationDocument Advance(GenerationDocument document, GenerationDocument raised, int emptied, int deleted, DateTimeOffset now)
    {
        var gone = raised.Left.Take(emptied).Where(old => now - old.EndedAt > LongestRequest).Select(static old => old.Generation).ToHashSet();
        return document with
        {
            Deleted = document.Deleted + deleted,
            IsDone = emptied == raised.Left.Count && document.Generation == raised.Generation,
            Left = [.. document.Left.Where(old => !gone.Contains(old.Generation))],
        };
    }
}

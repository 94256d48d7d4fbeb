using System.Text.Json;
using Microsoft.Extensions.Logging;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Releases.Readiness;
using QANexus.Domain.Requirements;
using QANexus.Domain.TestRuns;
using QANexus.EventStore;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Readiness;

/// <summary>
/// Gathers what releases are judged by from the view <c>readiness-sources</c>. Nothing is remembered between calls: what is decided by it has to be what is
/// known now.
/// </summary>
public sealed partial class ReleaseReadinessAdapter(
    IViewReader views, IEventStore store, ILogger<ReleaseReadinessAdapter> logger) : IReadinessEvidence
{
    private const int LastEvents = 20;

    /// <inheritdoc/>
    public async Task<ReadinessInputs> GatherAsync(TenantId tenant, AggregateId release, CancellationToken cancellationToken)
    {
        var tests = OrAbsentAsync("tests", () => TestsAsync(tenant, release, cancellationToken), cancellationToken);
        var bugs = OrAbsentAsync("bugs", () => BugsAsync(tenant, release, cancellationToken), cancellationToken);
        var requirements = OrAbsentAsync("requirements", () => RequirementsAsync(tenant, cancellationToken), cancellationToken);
        return new ReadinessInputs
        {
            Tests = await tests,
            Bugs = (await bugs)?.Value,
            Requirements = (await requirements)?.Value,
        };
    }

    /// <summary>The newest run that ended and was not given up since: of the release, of the tenant where the release has none.</summary>
    private async Task<TestEvidence?> TestsAsync(TenantId tenant, AggregateId release, CancellationToken cancellationToken)
    {
        var runs = (ReadinessSources.TestRunsOf(release.Value) is { } ofRelease ? await FindAsync(tenant, ofRelease, cancellationToken) : null)
            ?? await FindAsync(tenant, ReadinessSources.TestRuns, cancellationToken);
        foreach (var run in runs?.TestRuns ?? [])
        {
            if (!await IsGivenUpAsync(tenant, run.Id, cancellationToken))
            {
                return new TestEvidence(new Ratio(run.Passed, run.Passed + run.Failed + run.Blocked), run.IsComplete, run.Id);
            }
        }

        return null;
    }

    /// <summary>By the last events of the run: its state is as large as its results are many.</summary>
    private async Task<bool> IsGivenUpAsync(TenantId tenant, string run, CancellationToken cancellationToken)
    {
        var stream = new StreamId(AggregateType.Parse(TestRunAggregate.TypeName), AggregateId.Parse(run));
        var options = new StreamReadOptions { Direction = ReadDirection.Backward, MaxCount = LastEvents };
        while (true)
        {
            var slice = await store.ForTenant(tenant).ReadAsync(stream, options, cancellationToken);
            if (slice.Events.FirstOrDefault(static e => e.Is<TestRunCancelled>() || e.Is<TestRunCompleted>()) is { } end)
            {
                return end.Is<TestRunCancelled>();
            }

            if (slice.NextVersion is null)
            {
                return false;
            }

            options = options with { ToVersion = slice.NextVersion };
        }
    }

    private async Task<Known<BugCounts>?> BugsAsync(TenantId tenant, AggregateId release, CancellationToken cancellationToken)
    {
        var all = new List<BugFact>();
        await foreach (var document in ListAsync(tenant, ReadinessSources.BugPrefix, cancellationToken))
        {
            all.AddRange(document.Bugs?.Values ?? []);
        }

        var linked = all.Where(bug => string.Equals(bug.ReleaseId, release.Value, StringComparison.Ordinal)).ToList();
        var counting = (linked.Count > 0 ? linked : all).Where(static bug => BugLife.CountsAgainstRelease(bug.Status)).ToList();
        return new Known<BugCounts>(new BugCounts(
            Critical: Count(BugSeverity.Critical),
            High: Count(BugSeverity.High),
            Medium: Count(BugSeverity.Medium),
            Low: Count(BugSeverity.Low),
            P0: counting.Count(static bug => bug.Priority == BugPriority.P0),
            Untriaged: counting.Count(static bug => bug.Severity is null)));

        int Count(BugSeverity severity) => counting.Count(bug => bug.Severity == severity);
    }

    /// <summary>Over the tenant: requirements are not linked to releases. Where there are none there is nothing to say.</summary>
    private async Task<Known<Ratio>?> RequirementsAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var (ready, all) = (0L, 0L);
        await foreach (var document in ListAsync(tenant, ReadinessSources.RequirementPrefix, cancellationToken))
        {
            ready += document.Requirements?.Values.Count(RequirementLife.CountsAsReady) ?? 0;
            all += document.Requirements?.Count ?? 0;
        }

        return all == 0 ? null : new Known<Ratio>(new Ratio(ready, all));
    }

    private async Task<ReadinessDocument?> FindAsync(TenantId tenant, ViewId id, CancellationToken cancellationToken) =>
        (await views.FindAsync(tenant, ReadinessSources.Name, id, atLeast: null, cancellationToken)).Value is { } document ? Read(document) : null;

    private async IAsyncEnumerable<ReadinessDocument> ListAsync(
        TenantId tenant, string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (ViewId? after = ViewId.Parse(prefix); after is not null;)
        {
            var page = await views.ListAsync(tenant, ReadinessSources.Name, after, IViewReader.LargestMaxCount, atLeast: null, cancellationToken);
            foreach (var document in page.Value.Documents)
            {
                if (!document.Id.Value.StartsWith(prefix, StringComparison.Ordinal))
                {
                    yield break;
                }

                yield return Read(document);
            }

            after = page.Value.Next;
        }
    }

    private static ReadinessDocument Read(ViewDocument document) => JsonSerializer.Deserialize(document.Data.Span, ReadModelsJson.Default.ReadinessDocument)!;

    /// <summary>A source that cannot answer is absent, and takes none of the others with it.</summary>
    private async Task<T?> OrAbsentAsync<T>(string source, Func<Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (failure is EventStoreException or JsonException && !cancellationToken.IsCancellationRequested)
        {
            SourceFailed(logger, source, failure);
            return null;
        }
    }

    [LoggerMessage(3000, LogLevel.Warning, "The source {Source} of release readiness does not answer; it counts as absent")]
    private static partial void SourceFailed(ILogger logger, string source, Exception failure);

    private sealed record Known<T>(T Value);
}

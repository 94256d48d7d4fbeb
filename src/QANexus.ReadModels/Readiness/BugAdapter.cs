using System.Text.Json;
using QANexus.Domain.Bugs.Metrics;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Readiness;

/// <summary>Counts bugs from the view that releases are judged by, so that both say the same. Nothing is remembered between calls.</summary>
internal sealed class BugAdapter(IViewReader views) : IBugMetrics
{
    /// <inheritdoc/>
    public async Task<BugMetrics> MeasureAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var bugs = new List<KeyValuePair<string, BugFact>>();
        for (ViewId? after = ViewId.Parse(ReadinessSources.BugPrefix); after is not null;)
        {
            var page = (await views.ListAsync(tenant, ReadinessSources.Name, after, IViewReader.LargestMaxCount, atLeast: null, cancellationToken)).Value;
            var ours = page.Documents.TakeWhile(static document => document.Id.Value.StartsWith(ReadinessSources.BugPrefix, StringComparison.Ordinal)).ToList();
            foreach (var document in ours)
            {
                bugs.AddRange(JsonSerializer.Deserialize(document.Data.Span, ReadModelsJson.Default.ReadinessDocument)!.Bugs?.AsEnumerable() ?? []);
            }

            after = ours.Count == page.Documents.Count ? page.Next : null;
        }

        return BugMetrics.Of(bugs.Select(static bug => (bug.Key, bug.Value.Status, bug.Value.Severity, bug.Value.Priority)));
    }
}

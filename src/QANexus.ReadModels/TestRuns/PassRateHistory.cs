using System.Text.Json;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Dashboard;

namespace QANexus.ReadModels.TestRuns;

/// <summary>The newest runs as the view <c>dashboard</c> has them, <see cref="TestRunFigures.MaxRuns"/> at most.</summary>
internal sealed class PassRateHistory(IViewReader views) : IPassRateHistory
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PastPassRate>> NewestAsync(
        TenantId tenant, string? releaseId, StreamId run, StreamPosition position, CancellationToken cancellationToken)
    {
        var id = ReleaseLink.DocumentOf(releaseId) ?? DashboardView.Tenant;
        var found = await views.FindAsync(tenant, DashboardView.Name, id, new StreamReached(run, position), cancellationToken);
        return found.Value is { } document
            && JsonSerializer.Deserialize(document.Data.Span, DashboardJson.Default.DashboardDocument)?.TestRuns is { } runs
            ? [.. runs.Newest.Select(static run => new PastPassRate(run.Id, run.CompletedAt, run.Rate))]
            : [];
    }
}

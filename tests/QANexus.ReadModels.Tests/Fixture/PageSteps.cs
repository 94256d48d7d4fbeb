using System.Text;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Bugs;
using QANexus.ReadModels.Dashboard;
using QANexus.ReadModels.Planning;
using QANexus.ReadModels.Releases;
using QANexus.ReadModels.Requirements;
using QANexus.ReadModels.Sprints;
using QANexus.ReadModels.TestRuns;

namespace QANexus.ReadModels.Tests.Fixture;

/// <summary>What tests do with the views of pages.</summary>
internal static class PageSteps
{
    public static IReadOnlyList<SubscriptionName> All { get; } =
    [
        DashboardView.Name, RequirementList.Name, RequirementChangeTrail.Name, StructuredBacklog.Name, SprintBoard.Name, Velocity.Name, BugBoard.Name,
        TestRunList.Name, ReleaseList.Name,
    ];

    /// <summary>Events that happened at a time.</summary>
    public static Func<TState, Decision> Raised<TState>(string at, params object[] events)
        where TState : class
    {
        var time = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        return _ => Decision.Raise([.. events.Select(e => (object)new RaisedEvent(e) { OccurredAt = time })]);
    }

    /// <summary>Every document of a view as text, by id.</summary>
    public static async Task<IReadOnlyList<string>> TextsAsync(this ReadModelFixture fixture, SubscriptionName view)
    {
        var page = (await fixture.Views.ListAsync(ReadModelFixture.Tenant, view, after: null, 1_000, atLeast: null, CancellationToken.None)).Value;
        return [.. page.Documents.Select(static document => $"{document.Id} {Encoding.UTF8.GetString(document.Data.Span)}")];
    }

    /// <summary>Builds a view anew.</summary>
    public static async Task RebuildAsync(this ReadModelFixture fixture, SubscriptionName view)
    {
        var rebuilds = fixture.Get<IViewRebuilds>();
        Assert.NotNull(await rebuilds.RequestAsync(ReadModelFixture.Tenant, view, CancellationToken.None));
        for (var run = 0; run < 50; run++)
        {
            await fixture.Get<ViewRebuilds>().RunAsync(CancellationToken.None);
            if ((await rebuilds.FindAsync(ReadModelFixture.Tenant, view, CancellationToken.None))!.State == RebuildState.Done)
            {
                return;
            }
        }

        Assert.Fail($"The view {view} is not built after 50 runs.");
    }
}

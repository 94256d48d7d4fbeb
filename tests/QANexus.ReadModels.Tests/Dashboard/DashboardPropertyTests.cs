using System.Text.Json;
using CsCheck;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases.Confidence;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.ReadModels.Dashboard;
using QANexus.ReadModels.Tests.Fixture;
using Xunit.Abstractions;

namespace QANexus.ReadModels.Tests.Dashboard;

/// <summary>Two processes are handed batches late, twice and out of order, at the same time, while answers get lost: every bug counts once, as it is.</summary>
public sealed class DashboardPropertyTests(ITestOutputHelper output)
{
    private static readonly Gen<(int Bug, int Step)[]> Steps = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5]).Array[15, 30];

    [Fact]
    public async Task The_figures_are_those_of_the_states_whatever_came_in_between_and_after_redactions_and_a_rebuild() => await Gen.Select(Steps, Gen.Int)
        .SampleAsync(static scenario => RunAsync(scenario.Item1, scenario.Item2), iter: 3, threads: 1, writeLine: output.WriteLine);

    private static async Task<bool> RunAsync((int Bug, int Step)[] steps, int seed)
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        for (var bug = 0; bug < 6; bug++)
        {
            await fixture.DoAsync($"b{bug}", Some.Reported($"v{bug % 2}"));
        }

        foreach (var (bug, step) in steps)
        {
            await fixture.DoAsync($"b{bug}", PageSteps.Raised<BugState>("2026-11-01T10:00:00Z", step switch
            {
                0 => new BugTriaged(BugSeverity.Critical, BugPriority.P1),
                1 => new BugTriaged(BugSeverity.Low, BugPriority.P0),
                2 => new BugResolved(),
                3 => new BugVerified(),
                4 => new BugReopened("Again."),
                _ => new BugTriageUpdated(BugSeverity.High),
            }));
        }

        await DeliverAsync(fixture, seed);
        await AssertAsync(fixture);

        var random = new Random(seed);
        for (var n = 0; n < 3; n++)
        {
            await fixture.RedactAsync($"Bug:b{random.Next(6)}", 1);
            await fixture.RedactAsync($"Bug:b{steps[random.Next(steps.Length)].Bug}", 2);
        }

        await DeliverAsync(fixture, seed + 1);
        await AssertAsync(fixture);

        var before = await fixture.TextsAsync(DashboardView.Name);
        await fixture.RebuildAsync(DashboardView.Name);
        Assert.Equal(before, await fixture.TextsAsync(DashboardView.Name));
        return true;
    }

    private static async Task DeliverAsync(ReadModelFixture fixture, int seed)
    {
        var single = await fixture.ReadFeedAsync(pageSize: 1);
        var first = fixture.Get<SubscriptionRunner>();
        fixture.Start();
        var second = fixture.Get<SubscriptionRunner>();
        using (fixture.Account.Faults.Add(new FaultRule
        {
            Fault = new LostResponseFault(), Container = "views", Requests = [RequestKind.Batch], Probability = 0.1, Seed = seed,
        }))
        {
            await Task.WhenAll(SomeOfAsync(first, single, new Random(seed)), SomeOfAsync(second, single, new Random(seed + 1)));
            await DeliverAsync(second, single);
        }
    }

    private static async Task AssertAsync(ReadModelFixture fixture)
    {
        var bugs = new List<BugState>();
        for (var bug = 0; bug < 6; bug++)
        {
            bugs.Add(await fixture.StateAsync<BugState>($"b{bug}"));
        }

        await AssertAsync(fixture, "tenant", bugs);
        await AssertAsync(fixture, "Release:v0", [.. bugs.Where(static bug => bug.ReleaseId == "v0")]);
        await AssertAsync(fixture, "Release:v1", [.. bugs.Where(static bug => bug.ReleaseId == "v1")]);
    }

    private static async Task AssertAsync(ReadModelFixture fixture, string id, IReadOnlyList<BugState> bugs)
    {
        var open = bugs.Where(static bug => BugLife.CountsAgainstRelease(bug.Status)).ToList();
        var counts = new BugCounts(
            Of(BugSeverity.Critical), Of(BugSeverity.High), Of(BugSeverity.Medium), Of(BugSeverity.Low), open.Count(static bug => bug.Priority == BugPriority.P0), Of(null));
        var document = await fixture.FindAsync(DashboardView.Name, id);
        var figures = document?.Deserialize(DashboardJson.Default.DashboardDocument)?.Bugs ?? BugFigures.None;
        Assert.Equal((bugs.Count, open.Count, counts), (figures.Total, figures.Open, figures.Counts));
        Assert.Equal(open.Count(static bug => bug.BlocksRelease), figures.BlockingCount);
        Assert.Equal(open.Count(static bug => bug.BlocksRelease), figures.Blocking.Count);

        int Of(BugSeverity? severity) => open.Count(bug => bug.Severity == severity);
    }

    private static async Task SomeOfAsync(SubscriptionRunner runner, IReadOnlyList<string> single, Random random)
    {
        for (var batch = 0; batch < 4; batch++)
        {
            await DeliverAsync(runner, [.. Enumerable.Range(0, 5).Select(_ => single[random.Next(single.Count)])]);
        }
    }

    /// <summary>As a trigger with an unlimited retry does.</summary>
    private static async Task DeliverAsync(SubscriptionRunner runner, IReadOnlyList<string> single)
    {
        var batch = $"[{string.Join(',', single.Select(static page => page[1..^1]))}]";
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await runner.DeliverAsync(SubscriptionGroups.Views, batch, CancellationToken.None);
                return;
            }
            catch (StoreUnavailableException) when (attempt < 100)
            {
                // The batch comes again.
            }
        }
    }
}

using CsCheck;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.ReadModels.Activity;
using QANexus.ReadModels.Streams;
using QANexus.ReadModels.Tests.Fixture;
using Xunit.Abstractions;

namespace QANexus.ReadModels.Tests.Views;

/// <summary>Two processes are handed batches late, twice and out of order, at the same time, while answers get lost: views have every event once.</summary>
public sealed class ProjectionPropertyTests(ITestOutputHelper output)
{
    private static readonly Gen<(int[] Streams, int Seed)> Scenarios =
        Gen.Select(Gen.Int[0, 5].Array[20, 40], Gen.Int[0, int.MaxValue], static (streams, seed) => (streams, seed));

    [Fact]
    public async Task Views_equal_the_fold_whatever_comes_in_between() => await Scenarios.SampleAsync(
        RunAsync, iter: 4, threads: 1, writeLine: output.WriteLine, print: static scenario => $"seed {scenario.Seed}: {string.Join(' ', scenario.Streams)}");

    private static async Task<bool> RunAsync((int[] Streams, int Seed) scenario)
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        foreach (var stream in scenario.Streams)
        {
            await fixture.AppendAsync($"Thing:{stream}", ("Happened", "2026-11-25T10:00:00Z"), ("Noted", "2026-11-25T11:00:00Z"));
        }

        var single = await fixture.ReadFeedAsync(pageSize: 1);
        var first = fixture.Get<SubscriptionRunner>();
        fixture.Start();
        var second = fixture.Get<SubscriptionRunner>();
        using (fixture.Account.Faults.Add(new FaultRule
        {
            Fault = new LostResponseFault(), Container = "views", Requests = [RequestKind.Batch], Probability = 0.2, Seed = scenario.Seed,
        }))
        {
            await Task.WhenAll(
                DeliverAsync(first, single, new Random(scenario.Seed)),
                DeliverAsync(second, single, new Random(scenario.Seed + 1)));
            await DeliverAsync(first, single);
        }

        Assert.Equal(
            scenario.Streams.GroupBy(static stream => stream).OrderBy(static stream => stream.Key)
                .Select(static stream => $$"""Thing:{{stream.Key}} {"aggregateType":"Thing","aggregateId":"{{stream.Key}}","version":{{2 * stream.Count()}},"firstAt":"2026-11-25T10:00:00Z","lastAt":"2026-11-25T11:00:00Z"}"""),
            await ProjectionTests.AllAsync(fixture, StreamList.Name));
        Assert.Equal(
            $$$"""2026-11-25 {"date":"2026-11-25","total":{{{2 * scenario.Streams.Length}}},"types":{"Happened":{{{scenario.Streams.Length}}},"Noted":{{{scenario.Streams.Length}}}}}""",
            Assert.Single(await ProjectionTests.AllAsync(fixture, DailyActivity.Name)));
        return true;
    }

    private static async Task DeliverAsync(SubscriptionRunner runner, IReadOnlyList<string> single, Random random)
    {
        for (var batch = 0; batch < 6; batch++)
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

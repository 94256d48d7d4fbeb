using System.Net;
using Microsoft.Azure.Cosmos;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.LocalCosmos.Faults;
using Xunit.Abstractions;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>
/// A change feed that repeats pages, mixes and withholds them, splits on the way and is read by processes that come and go: each event is handled
/// once, in the order of its stream.
/// </summary>
public sealed class DisturbedFeedTests(ITestOutputHelper output)
{
    private const int Streams = 12;
    private const int Commits = 6;

    /// <summary>Answers without anything new after which nothing is withheld any more.</summary>
    private const int Patience = 6;

    public static TheoryData<Fault> Faults =>
        [new DuplicateFeedFault(), new ReorderedFeedFault(), new LateFeedFault(Pages: 3)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_event_is_handled_once_and_in_order_whatever_the_feed_does(Fault fault)
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        using var disturbance = fixture.Store.Account.Faults.Add(
            new FaultRule { Fault = fault, Container = ContainerNames.Events, Probability = 0.5, Seed = seed });
        using var feed = fixture.Process.Client.GetContainer("qanexus", ContainerNames.Events).GetChangeFeedIterator<JObject>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = 7 });
        var pages = 0;
        for (var (commit, idle) = (1, 0); commit <= Commits || idle < Patience; commit++)
        {
            await AppendAsync(fixture, commit);
            if (commit == Commits / 2)
            {
                await fixture.Store.Account.SplitAsync("qanexus", ContainerNames.Events, "0");
            }

            // Not to the end: what is left comes with what is appended next.
            for (var page = 0; page < 8 && idle < Patience; page++)
            {
                idle = await DeliverNextAsync(fixture, feed) ? 0 : idle + 1;
                if (++pages % 5 == 0)
                {
                    fixture.Start();
                }
            }

            idle = commit < Commits ? 0 : idle;
        }

        Assert.True(disturbance.Hits > 0, "The feed was not disturbed at all.");
        Assert.Equal(Streams * Commits, fixture.Subscriber.Deliveries.Count);
        Assert.All(
            fixture.Subscriber.Deliveries.GroupBy(static delivery => delivery.Event.Stream),
            static stream => Assert.Equal(Enumerable.Range(1, Commits).Select(static n => (long)n), stream.Select(static delivery => delivery.Event.Commit)));
    }

    private static async Task AppendAsync(DeliveryFixture fixture, int commit)
    {
        for (var stream = 0; commit <= Commits && stream < Streams; stream++)
        {
            await fixture.AppendAsync($"Requirement:r{stream}", events: 1);
        }
    }

    /// <returns>Whether there was anything.</returns>
    private static async Task<bool> DeliverNextAsync(DeliveryFixture fixture, FeedIterator<JObject> feed)
    {
        var page = await feed.ReadNextAsync();
        if (page.StatusCode is HttpStatusCode.NotModified || page.Count == 0)
        {
            return false;
        }

        await fixture.DeliverAsync(JsonConvert.SerializeObject(page));
        return true;
    }
}

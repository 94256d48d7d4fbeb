using CsCheck;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using Xunit.Abstractions;

namespace QANexus.EventStore.Tests.Subscriptions;

/// <summary>
/// Whatever order doorbells come in, however often, whoever crashes between handling and saving, and however many deliver at once: every handler gets
/// every event that it takes, in order, and only a stream with a poison event is parked, for the handler that it is poison to.
/// </summary>
public sealed class DeliveryPropertyTests(ITestOutputHelper output)
{
    private static readonly string[] Types = ["A", "B", "C", "D"];

    private static readonly Gen<string[][]> Stream = Gen.Int[0, Types.Length - 1].Select(static index => Types[index]).Array[1, 3].Array[1, 12];

    private static readonly Gen<Scenario> Scenarios = Gen.Select(
        Stream.Array[1, 4], Gen.Int[0, int.MaxValue], Gen.Int[0, 4], Gen.Int[1, 3],
        static (streams, seed, failures, processes) => new Scenario(streams, seed, failures, processes));

    [Fact]
    public async Task Every_event_is_handled_in_order_and_only_poison_is_parked() => await Scenarios.SampleAsync(
        RunAsync, iter: 60, writeLine: output.WriteLine, print: static scenario => scenario.ToString());

    private static async Task<bool> RunAsync(Scenario scenario)
    {
        var random = new Random(scenario.Seed);
        var world = new DeliveryWorld();
        var commits = Append(world, scenario);
        var poison = commits[random.Next(commits.Count)].Events[0];
        var isFixed = false;
        var (some, all) = (new RecordingSubscriber("some", "A", "B"), new RecordingSubscriber("all"));
        all.OnEvent = delivery =>
        {
            if (!isFixed && delivery.Event.Id == poison.Id)
            {
                throw new InvalidOperationException("poison");
            }
        };
        world.FailSave = _ => random.Next(10) < scenario.Failures;

        var processes = Enumerable.Range(0, scenario.Processes).Select(_ => world.Start(some, all)).ToList();
        await Task.WhenAll(processes.Select(process => Task.Run(() => DisturbAsync(process, commits, random.Next()))));
        // The feed as a whole, in order: what any trigger delivers at least once.
        await processes[0].DeliverUntilDoneAsync([.. commits.Select(DeliveryWorld.Ring)]);

        var parked = (await processes[0].Operations.ParkedAsync(DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, CancellationToken.None))!;
        Assert.Equal(poison.Id, Assert.Single(parked).EventId);
        AssertComplete(world, some, static type => type is "A" or "B", beforeVersion: static _ => long.MaxValue);
        AssertComplete(world, all, static _ => true, stream => stream == poison.Stream ? poison.Version : long.MaxValue);

        isFixed = true;
        world.FailSave = static _ => false;
        var left = await processes[^1].Operations.RetryAsync(
            DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, poison.Stream, handler: null, CancellationToken.None);
        Assert.Empty(left!);
        AssertComplete(world, all, static _ => true, static _ => long.MaxValue);
        Assert.Empty(world.CheckpointOf(new StreamKey(DeliveryWorld.Tenant, poison.Stream)).Handlers);
        return true;
    }

    /// <summary>Batches of doorbells picked at random: late, twice, out of order, some never.</summary>
    private static async Task DisturbAsync(DeliveryWorld.Process process, List<StoredCommit> commits, int seed)
    {
        var random = new Random(seed);
        for (var batch = 0; batch < 4; batch++)
        {
            await process.DeliverUntilDoneAsync(
                [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => DeliveryWorld.Ring(commits[random.Next(commits.Count)]))]);
        }
    }

    private static List<StoredCommit> Append(DeliveryWorld world, Scenario scenario) =>
        [.. scenario.Streams.SelectMany((stream, index) => stream.Select(types => world.Append(DeliveryWorld.Stream($"{index}"), types)))];

    private static void AssertComplete(
        DeliveryWorld world, RecordingSubscriber subscriber, Func<string, bool> takes, Func<StreamId, long> beforeVersion)
    {
        foreach (var stream in subscriber.Deliveries.Select(static d => new StreamKey(d.Tenant, d.Event.Stream)).Distinct())
        {
            var expected = world.CommitsOf(stream).SelectMany(static commit => commit.Events)
                .Where(e => takes(e.Type.Value) && e.Version < beforeVersion(e.Stream)).Select(static e => e.Version);
            Assert.Equal(expected, subscriber.VersionsOf(stream));
        }
    }

    private sealed record Scenario(string[][][] Streams, int Seed, int Failures, int Processes)
    {
        public override string ToString() =>
            $"seed {Seed}, {Failures}0 % of saves fail, {Processes} processes, {string.Join(" | ", Streams.Select(static s => string.Join(' ', s.Select(static types => string.Concat(types)))))}";
    }
}

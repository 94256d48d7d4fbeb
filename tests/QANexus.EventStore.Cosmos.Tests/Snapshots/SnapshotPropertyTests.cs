using System.Globalization;
using CsCheck;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Cosmos.Snapshots;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Snapshots;

/// <summary>Whatever is kept as a snapshot, a load is a full replay, and the past a replay up to there.</summary>
public sealed class SnapshotPropertyTests
{
    private enum Mutation
    {
        None,
        Absent,
        Tombstone,
        OtherSchema,
        ChangedState,
        UnreadableState,
        ChangedPosition,
        SignedPosition,
    }

    private static readonly Gen<NewEvent> AnyEvent = Gen.OneOf(
        Gen.Int[0, 100].Select(static n => SnapshotFixture.Analyzed(n)),
        Gen.Int[0, 9_999].Select(static n => Some.Event("RequirementEstimated", data: $$"""{"effort":{{n / 100m}}}""")),
        Gen.String[Gen.Char['a', 'z'], 1, 8].Select(static text => Some.Event("RequirementNoted", data: $$"""{"text":"{{text}} \" ü \\"}""")));

    private static readonly Gen<(NewEvent[][] Commits, int TakenAfter, Mutation Mutation, int Shift, int[] Seconds)> AnyCase = Gen.Select(
        AnyEvent.Array[1, 4].Array[1, 24], Gen.Int[0, 24], Gen.Enum<Mutation>(), Gen.Int[-3, 3], Gen.Int[-2, 3].Array[1, 6]);

    [Fact]
    public async Task A_load_with_any_snapshot_is_a_full_replay()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        var samples = 0;
        await AnyCase.SampleAsync(
            async sample =>
            {
                var stream = StreamId.Parse(string.Create(CultureInfo.InvariantCulture, $"Requirement:p{Interlocked.Increment(ref samples)}"));
                var clock = fixture.Store.Clock;
                for (var i = 0; i < sample.Commits.Length; i++)
                {
                    // Of writers whose clocks differ.
                    clock.Advance(TimeSpan.FromSeconds(sample.Seconds[i % sample.Seconds.Length]));
                    if (i == sample.TakenAfter)
                    {
                        await fixture.TakeAsync(stream);
                    }

                    await fixture.Store.Store.AppendAsync(
                        Some.Append(ExpectedPosition.Any, sample.Commits[i]) with { Stream = stream }, CancellationToken.None);
                }

                await MutateAsync(fixture, stream, sample.Mutation, sample.Shift);
                await fixture.AssertLoadsAsReplayedAsync(stream);
                await fixture.AssertThePastIsAsReplayedAsync(stream);
                await fixture.AssertPastTimesAreAsReplayedAsync(stream);
                await fixture.TakeAsync(stream);
                await fixture.AssertLoadsAsReplayedAsync(stream);
            },
            iter: 25,
            threads: 1);
    }

    private static async Task MutateAsync(SnapshotFixture fixture, StreamId stream, Mutation mutation, int shift)
    {
        if (mutation is Mutation.Absent or Mutation.None || await fixture.ReadDocumentAsync(stream) is null)
        {
            return;
        }

        if (mutation is Mutation.Tombstone)
        {
            var documents = new SnapshotDocuments(fixture.Store.Snapshots, new CosmosEventStoreOptions(), fixture.Store.Clock);
            await documents.DropAsync(
                SnapshotFixture.Tenant, stream, new Dictionary<long, long> { [1] = Math.Max(0, shift) }, new ChargeMeter(), CancellationToken.None);
            return;
        }

        await fixture.WriteDocumentAsync(
            document =>
            {
                switch (mutation)
                {
                    case Mutation.OtherSchema:
                        document["schema"] = "AAAAAAAAAAAAAAAAAAAAAA";
                        SnapshotFixture.Sign(document, stream);
                        break;
                    case Mutation.ChangedState:
                        document["state"] = ((string)document["state"]!).Replace("\"analyses\":", "\"analyses\":9", StringComparison.Ordinal);
                        break;
                    case Mutation.UnreadableState:
                        document["state"] = ((string)document["state"]!)[..^1];
                        SnapshotFixture.Sign(document, stream);
                        break;
                    case Mutation.ChangedPosition:
                        document["version"] = (long)document["version"]! + (shift == 0 ? 1 : shift);
                        break;
                    case Mutation.SignedPosition:
                        // Beyond the end; a position that was moved inside the stream cannot be signed by anybody else.
                        document["commit"] = (long)document["commit"]! + 100;
                        SnapshotFixture.Sign(document, stream);
                        break;
                }
            },
            stream);
    }
}

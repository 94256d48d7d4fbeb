using CsCheck;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Reading;

public sealed class StreamReadTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_stream_without_events_is_empty_and_at_its_start()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var slice = await fixture.Store.ReadAsync(Some.Stream, new StreamReadOptions(), CancellationToken.None);
        Assert.Empty(slice.Events);
        Assert.Equal((StreamPosition.Start, null), (slice.Position, slice.NextVersion));
        Assert.Equal(StreamPosition.Start, (await fixture.Store.ReadAfterAsync(Some.Stream, StreamPosition.Start, CancellationToken.None)).Position);
    }

    /// <summary>Streams of random commits, read with random options, page by page: always what the same read of a list gives.</summary>
    [Fact]
    public async Task Any_part_of_a_stream_reads_as_of_a_list_whatever_the_page()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var streams = 0;
        await Gen.Select(Gen.Int[1, 6].Array[0, 12], GenOptions.Array[5]).SampleAsync(
            async (commits, reads) =>
            {
                var stream = StreamId.Parse($"Sample:s{Interlocked.Increment(ref streams)}");
                var model = await FillAsync(fixture, stream, commits);
                foreach (var options in reads)
                {
                    await AssertReadsAsListAsync(fixture, stream, model, options);
                }
            },
            iter: 30,
            threads: 1);
    }

    [Fact]
    public async Task An_event_reads_back_with_everything_that_was_said_of_it()
    {
        await using var fixture = await StoreFixture.StartAsync();
        fixture.Clock.Now = Noon;
        var said = Some.Event("RequirementApproved", "own-1", """{ "text" : "ä😀\u00e4\n\"", "n":1.10 , "deep":[[{}]] }""", Noon.AddDays(-1).ToOffset(TimeSpan.FromHours(2))) with
        {
            SchemaVersion = 3, Metadata = Json.JsonObjectText.Parse("""{"ip":"::1","tags":["a"]}"""),
        };
        var origin = new AppendMetadata { Actor = "ada", CorrelationId = "corr", CausationId = "cause", Source = "test \"x\"", TraceParent = "00-a-b-01" };
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, said) with { Metadata = origin }, CancellationToken.None);

        var e = Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
        Assert.Equal(("own-1", "RequirementApproved", 3, 1L, 1L), (e.Id.Value, e.Type.Value, e.SchemaVersion, e.Version, e.Commit));
        Assert.Equal((Noon.AddDays(-1), Noon), (e.OccurredAt, e.StoredAt));
        Assert.Equal(said.Data, e.Data);
        Assert.Equal(said.Metadata, e.Metadata);
        Assert.Equal(origin, e.Origin);
        Assert.Null(e.Redaction);
    }

    [Fact]
    public async Task What_nobody_said_is_filled_in_by_the_store()
    {
        await using var fixture = await StoreFixture.StartAsync();
        fixture.Clock.Now = Noon;
        var metadata = new AppendMetadata { TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" };
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Event()) with { Metadata = metadata }, CancellationToken.None);
        var e = Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
        Assert.Equal(("Requirement:r1:1", 1, Noon), (e.Id.Value, e.SchemaVersion, e.OccurredAt));
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", e.Origin.CorrelationId);
        Assert.Null(e.Metadata);
    }

    [Fact]
    public async Task As_of_a_time_is_every_commit_before_the_first_one_stored_after_it_though_clocks_differ()
    {
        await using var fixture = await StoreFixture.StartAsync();
        // The third commit comes from a process whose clock is behind, the fourth from one whose clock is ahead.
        foreach (var minute in new[] { 0, 10, 5, 60, 20 })
        {
            fixture.Clock.Now = Noon.AddMinutes(minute);
            await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(2)), CancellationToken.None);
        }

        foreach (var (minute, last) in new[] { (-1, 0), (0, 2), (9, 2), (10, 6), (20, 6), (59, 6), (60, 10), (999, 10) })
        {
            foreach (var direction in Enum.GetValues<ReadDirection>())
            {
                foreach (var from in new[] { 1, 2, 5, 8 })
                {
                    var slice = await fixture.Store.ReadAsync(
                        Some.Stream,
                        new StreamReadOptions { AsOf = Noon.AddMinutes(minute), Direction = direction, FromVersion = from },
                        CancellationToken.None);
                    var expected = Enumerable.Range(from, Math.Max(0, last - from + 1)).Select(static v => (long)v);
                    Assert.Equal(direction is ReadDirection.Forward ? expected : expected.Reverse(), slice.Events.Select(static e => e.Version));
                    Assert.Equal(new StreamPosition(5, 10), slice.Position);
                }
            }
        }
    }

    [Fact]
    public async Task What_came_after_a_known_position_is_read_and_nothing_else()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var positions = new List<StreamPosition> { StreamPosition.Start };
        foreach (var count in new[] { 3, 1, 4 })
        {
            var result = await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(count)), CancellationToken.None);
            positions.Add(result.Position());
        }

        foreach (var known in positions)
        {
            var slice = await fixture.Store.ReadAfterAsync(Some.Stream, known, CancellationToken.None);
            Assert.Equal(Enumerable.Range((int)known.Version + 1, 8 - (int)known.Version).Select(static v => (long)v), slice.Events.Select(static e => e.Version));
            Assert.Equal(positions[^1], slice.Position);
        }
    }

    [Fact]
    public async Task A_gap_in_the_commits_is_an_error_that_names_the_stream()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(2)), CancellationToken.None);
        // Only the library's contract stands against a made-up position; this is what breaking it looks like to readers.
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.At(new StreamPosition(2, 4)), Some.Events(1)), CancellationToken.None);

        StreamReadOptions[] reads = [new(), new() { Direction = ReadDirection.Backward }, new() { FromVersion = 2 }];
        foreach (var options in reads)
        {
            var damaged = await Assert.ThrowsAsync<CorruptStreamException>(() => fixture.Store.ReadAsync(Some.Stream, options, CancellationToken.None));
            Assert.Equal(Some.Stream, damaged.Stream);
            Assert.Contains("Requirement:r1", damaged.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<CorruptStreamException>(() => fixture.Store.ReadAllAsync(Some.Stream));
    }

    [Fact]
    public async Task A_reader_that_names_a_position_sees_at_least_that()
    {
        await using var fixture = await StoreFixture.StartAsync(durable: true);
        using var lag = fixture.Account.Faults.Add(new FaultRule
        {
            Fault = new LaggingReplicaFault(), Requests = [RequestKind.Read, RequestKind.Query],
        });
        var written = (await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(3)), CancellationToken.None)).Position();

        Assert.Empty((await fixture.StartProcess().For("t1").ReadAsync(Some.Stream, new StreamReadOptions(), CancellationToken.None)).Events);
        var slice = await fixture.StartProcess().For("t1").ReadAsync(Some.Stream, new StreamReadOptions { AtLeast = written }, CancellationToken.None);
        Assert.Equal(3, slice.Events.Count);
    }

    [Fact]
    public async Task A_position_that_is_never_reached_is_waited_for_five_seconds()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var read = fixture.Store.ReadAsync(Some.Stream, new StreamReadOptions { AtLeast = new StreamPosition(4, 9) }, CancellationToken.None);
        fixture.Clock.Advance(StreamReadOptions.AtLeastTimeout - TimeSpan.FromSeconds(1));
        Assert.False(read.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => read);
    }

    [Fact]
    public async Task A_position_whose_version_its_commit_does_not_have_is_not_looked_for_without_a_pause()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None);
        fixture.Process.Requests.Clear();
        var timers = fixture.Clock.Timers;

        var read = fixture.Store.ReadAsync(Some.Stream, new StreamReadOptions { AtLeast = new StreamPosition(1, 9) }, CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (fixture.Process.Requests.Lines.Count < 12)
        {
            await Task.Delay(5, patience.Token);
        }

        fixture.Clock.Advance(StreamReadOptions.AtLeastTimeout);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => read);
        Assert.InRange(fixture.Clock.Timers - timers, 3, fixture.Process.Requests.Lines.Count);
    }

    [Fact]
    public async Task A_stream_whose_beginning_is_gone_is_not_read_as_if_it_began_later()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(2)), CancellationToken.None);
        var boundary = fixture.Clock.GetUtcNow();
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var commit = 0; commit < 2; commit++)
        {
            await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(2)), CancellationToken.None);
        }

        await DeleteAsync(fixture, commit: 1);

        StreamReadOptions[] reads =
        [
            new(), new() { Direction = ReadDirection.Backward }, new() { FromVersion = 2 }, new() { ToVersion = 2 }, new() { ToVersion = 3 },
            new() { ToVersion = 3, Direction = ReadDirection.Backward }, new() { ToVersion = 1, Direction = ReadDirection.Backward }, new() { AsOf = boundary },
            new() { AsOf = boundary, Direction = ReadDirection.Backward },
        ];
        foreach (var options in reads)
        {
            await Assert.ThrowsAsync<CorruptStreamException>(() => fixture.Store.ReadAsync(Some.Stream, options, CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_part_of_a_stream_that_lacks_its_last_commit_is_not_read_as_if_it_ended_earlier()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture, Some.Stream, [2, 2]);
        var boundary = fixture.Clock.GetUtcNow();
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await FillAsync(fixture, Some.Stream, [2]);
        await DeleteAsync(fixture, commit: 2);

        StreamReadOptions[] reads =
        [
            new() { ToVersion = 4 }, new() { ToVersion = 3, Direction = ReadDirection.Backward }, new() { FromVersion = 3, ToVersion = 3 },
            new() { AsOf = boundary }, new() { AsOf = boundary, Direction = ReadDirection.Backward },
        ];
        foreach (var options in reads)
        {
            await Assert.ThrowsAsync<CorruptStreamException>(() => fixture.Store.ReadAsync(Some.Stream, options, CancellationToken.None));
        }

        Assert.Equal(2, (await fixture.Store.ReadAsync(Some.Stream, new StreamReadOptions { ToVersion = 2 }, CancellationToken.None)).Events.Count);
    }

    [Theory]
    [InlineData(0, 1, null)]
    [InlineData(1, 0, null)]
    [InlineData(1, 1_001, null)]
    [InlineData(1, 1, -1)]
    public async Task An_option_outside_its_range_is_refused(int from, int maxCount, int? to)
    {
        await using var fixture = await StoreFixture.StartAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fixture.Store.ReadAsync(
            Some.Stream, new StreamReadOptions { FromVersion = from, MaxCount = maxCount, ToVersion = to }, CancellationToken.None));
    }

    private static Gen<StreamReadOptions> GenOptions { get; } = Gen.Select(
        Gen.Int[1, 50], Gen.OneOf(Gen.Const((long?)null), Gen.Int[0, 50].Select(static v => (long?)v)), Gen.Enum<ReadDirection>(), Gen.Int[1, 20],
        static (from, to, direction, maxCount) =>
            new StreamReadOptions { FromVersion = from, ToVersion = to, Direction = direction, MaxCount = maxCount });

    /// <summary>What nobody may do, and a careless hand in a data explorer can.</summary>
    private static async Task DeleteAsync(StoreFixture fixture, int commit)
    {
        using var deleted = await fixture.Events.DeleteItemStreamAsync(
            CommitNumber.ToId(commit), StreamPartition.Of(TenantId.Parse("t1"), Some.Stream));
        Assert.True(deleted.IsSuccessStatusCode);
    }

    private static async Task<List<string>> FillAsync(StoreFixture fixture, StreamId stream, int[] commits)
    {
        var model = new List<string>();
        foreach (var count in commits)
        {
            NewEvent[] events = [.. Enumerable.Range(0, count).Select(n => Some.Event(data: $$"""{"n":{{model.Count + n}}}"""))];
            model.AddRange(events.Select(static e => e.Data.ToString()));
            await fixture.Store.AppendAsync(
                new AppendRequest { Stream = stream, Events = events, Expected = ExpectedPosition.Any }, CancellationToken.None);
        }

        return model;
    }

    private static async Task AssertReadsAsListAsync(StoreFixture fixture, StreamId stream, List<string> model, StreamReadOptions options)
    {
        var isForward = options.Direction is ReadDirection.Forward;
        var expected = model
            .Select(static (data, index) => (Version: index + 1L, Data: data))
            .Where(e => e.Version >= options.FromVersion && e.Version <= (options.ToVersion ?? long.MaxValue))
            .ToList();
        expected.Sort((a, b) => isForward ? a.Version.CompareTo(b.Version) : b.Version.CompareTo(a.Version));

        var read = new List<(long, string)>();
        for (var page = options; ;)
        {
            var slice = await fixture.Store.ReadAsync(stream, page, CancellationToken.None);
            Assert.Equal(model.Count, slice.Position.Version);
            Assert.InRange(slice.Events.Count, slice.NextVersion is null ? 0 : options.MaxCount, options.MaxCount);
            read.AddRange(slice.Events.Select(static e => (e.Version, e.Data.ToString())));
            if (slice.NextVersion is not { } next)
            {
                break;
            }

            page = isForward ? page with { FromVersion = next } : page with { ToVersion = next };
        }

        Assert.Equal(expected, read);
    }
}

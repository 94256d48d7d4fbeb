using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Appending;

public sealed class ExpectedPositionTests
{
    [Fact]
    public async Task A_new_stream_begins_with_version_and_commit_one()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var result = await AppendAsync(fixture, ExpectedPosition.NoStream, 2);
        Assert.Equal(new StreamPosition(1, 2), result.Position());
        Assert.Equal(["Requirement:r1:1", "Requirement:r1:2"], result.Stored().Receipt.Events.Select(e => e.Id.Value));
        Assert.Equal([1, 2], result.Stored().Receipt.Events.Select(e => e.Version));
        Assert.False(result.Stored().IsReplay);
    }

    [Fact]
    public async Task A_stream_that_exists_cannot_begin_again()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, ExpectedPosition.Any, 3);
        Assert.Equal(new StreamPosition(1, 3), (await AppendAsync(fixture, ExpectedPosition.NoStream, 1)).Conflict().Current);
        Assert.Equal(new StreamPosition(1, 3), (await AppendAsync(fixture, ExpectedPosition.AtVersion(0), 1)).Conflict().Current);
        await AssertVersionsAsync(fixture, 3);
    }

    [Fact]
    public async Task A_stream_must_exist_where_that_is_expected()
    {
        await using var fixture = await StoreFixture.StartAsync();
        Assert.Equal(StreamPosition.Start, (await AppendAsync(fixture, ExpectedPosition.StreamExists, 1)).Conflict().Current);
        await AssertVersionsAsync(fixture, 0);
        await AppendAsync(fixture, ExpectedPosition.NoStream, 1);
        Assert.Equal(new StreamPosition(2, 2), (await AppendAsync(fixture, ExpectedPosition.StreamExists, 1)).Position());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exact_position_is_appended_at_and_any_other_conflicts_and_writes_nothing(bool remembered)
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, ExpectedPosition.Any, 3);
        await AppendAsync(fixture, ExpectedPosition.Any, 2);
        var process = remembered ? fixture.Process : fixture.StartProcess();
        ExpectedPosition[] wrong =
        [
            ExpectedPosition.AtVersion(3), ExpectedPosition.AtVersion(4), ExpectedPosition.AtVersion(6), ExpectedPosition.AtVersion(7),
            ExpectedPosition.AtVersion(1_000_000), ExpectedPosition.At(new StreamPosition(1, 3)), ExpectedPosition.At(StreamPosition.Start),
            ExpectedPosition.Claimed(new StreamPosition(1, 3)), ExpectedPosition.Claimed(new StreamPosition(1, 5)),
            ExpectedPosition.Claimed(new StreamPosition(2, 4)), ExpectedPosition.Claimed(new StreamPosition(3, 5)),
            ExpectedPosition.Claimed(new StreamPosition(3, 6)), ExpectedPosition.Claimed(new StreamPosition(1_000, 1_000)),
        ];
        foreach (var expected in wrong)
        {
            var result = await process.For("t1").AppendAsync(Some.Append(expected, Some.Events(1)), CancellationToken.None);
            Assert.Equal(new StreamPosition(2, 5), result.Conflict().Current);
        }

        await AssertVersionsAsync(fixture, 5);
        Assert.Equal(new StreamPosition(3, 6), (await AppendAsync(fixture, ExpectedPosition.AtVersion(5), 1)).Position());
        Assert.Equal(new StreamPosition(4, 7), (await AppendAsync(fixture, ExpectedPosition.Claimed(new StreamPosition(3, 6)), 1)).Position());
        Assert.Equal(new StreamPosition(5, 8), (await AppendAsync(fixture, ExpectedPosition.At(new StreamPosition(4, 7)), 1)).Position());
    }

    [Fact]
    public async Task A_stale_writer_inside_a_commit_conflicts_and_writes_nothing()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var first = (await AppendAsync(fixture, ExpectedPosition.NoStream, 2)).Position();
        await AppendAsync(fixture, ExpectedPosition.At(first), 5);

        // Version 4 lies inside the second commit; had documents been named after versions, this write would have met no document.
        Assert.Equal(new StreamPosition(2, 7), (await AppendAsync(fixture, ExpectedPosition.AtVersion(4), 1)).Conflict().Current);
        Assert.Equal(new StreamPosition(2, 7), (await AppendAsync(fixture, ExpectedPosition.At(first), 9)).Conflict().Current);
        await AssertVersionsAsync(fixture, 7);
    }

    [Fact]
    public async Task Streams_and_tenants_have_positions_of_their_own()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append(ExpectedPosition.NoStream, Some.Events(1));
        foreach (var (tenant, stream) in new[] { ("t1", "A:1"), ("t1", "A:2"), ("t1", "B:1"), ("t2", "A:1") })
        {
            var result = await fixture.Process.For(tenant).AppendAsync(request with { Stream = StreamId.Parse(stream) }, CancellationToken.None);
            Assert.Equal(new StreamPosition(1, 1), result.Position());
        }
    }

    private static Task<AppendResult> AppendAsync(StoreFixture fixture, ExpectedPosition expected, int events) =>
        fixture.Store.AppendAsync(Some.Append(expected, Some.Events(events)), CancellationToken.None);

    private static async Task AssertVersionsAsync(StoreFixture fixture, int count) => Assert.Equal(
        Enumerable.Range(1, count).Select(static v => (long)v), (await fixture.Store.ReadAllAsync(Some.Stream)).Select(static e => e.Version));
}

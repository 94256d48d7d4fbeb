using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Appending;

public sealed class AmbiguousOutcomeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_response_is_one_success_and_the_events_are_stored_once(bool keyed)
    {
        await using var fixture = await StoreFixture.StartAsync();
        using var fault = Strike(fixture, new LostResponseFault(), times: 1);
        var request = Some.Append(ExpectedPosition.NoStream, Some.Events(2)) with { CommitId = keyed ? CommitId.Parse("key") : null };
        var result = (await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored();
        Assert.False(result.IsReplay);
        Assert.Equal(new StreamPosition(1, 2), result.Receipt.Position);
        Assert.Equal(2, (await fixture.Store.ReadAllAsync(Some.Stream)).Count);
    }

    public static TheoryData<ExpectedPosition> Expectations => new(
        ExpectedPosition.Any, ExpectedPosition.NoStream, ExpectedPosition.AtVersion(0), ExpectedPosition.StreamExists,
        ExpectedPosition.AtVersion(1), ExpectedPosition.At(new StreamPosition(1, 1)), ExpectedPosition.Claimed(new StreamPosition(1, 1)),
        ExpectedPosition.AtVersion(40));

    /// <summary>The first call dies after its write; the retry comes through a process that has seen nothing and whose reads lag.</summary>
    [Theory]
    [MemberData(nameof(Expectations))]
    public async Task A_retry_through_a_lagging_process_is_recognised_even_after_others_wrote(ExpectedPosition expected)
    {
        await using var fixture = await StoreFixture.StartAsync(durable: true);
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(1)), CancellationToken.None);
        using var lag = fixture.Account.Faults.Add(new FaultRule
        {
            Fault = new LaggingReplicaFault(), Requests = [RequestKind.Read, RequestKind.Query],
        });
        var first = (await fixture.Store.AppendAsync(Some.Append("key", ExpectedPosition.Any, Some.Events(2)), CancellationToken.None)).Stored();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(1)), CancellationToken.None);

        var other = fixture.StartProcess().For("t1");
        var repeat = (await other.AppendAsync(Some.Append("key", expected, Some.Events(2)), CancellationToken.None)).Stored();
        Assert.True(repeat.IsReplay);
        Assert.Equal(first.Receipt.Position, repeat.Receipt.Position);
        Assert.Equal(4, (await other.ReadAllAsync(Some.Stream)).Count);
    }

    [Fact]
    public async Task A_lagging_process_never_refuses_what_the_newest_state_allows()
    {
        await using var fixture = await StoreFixture.StartAsync(durable: true);
        using var lag = fixture.Account.Faults.Add(new FaultRule
        {
            Fault = new LaggingReplicaFault(), Requests = [RequestKind.Read, RequestKind.Query],
        });
        var position = (await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(3)), CancellationToken.None)).Position();

        ExpectedPosition[] allowed =
        [
            ExpectedPosition.StreamExists, ExpectedPosition.AtVersion(4), ExpectedPosition.Claimed(new StreamPosition(3, 5)),
            ExpectedPosition.At(new StreamPosition(4, 6)), ExpectedPosition.Any,
        ];
        Assert.Equal(new StreamPosition(1, 3), position);
        foreach (var expected in allowed)
        {
            // Each through a process of its own, which has seen none of the writes before.
            var result = await fixture.StartProcess().For("t1").AppendAsync(Some.Append(expected, Some.Events(1)), CancellationToken.None);
            position = new StreamPosition(position.Commit + 1, position.Version + 1);
            Assert.Equal(position, result.Position());
        }

        var refused = await fixture.StartProcess().For("t1").AppendAsync(Some.Append(ExpectedPosition.AtVersion(3), Some.Events(1)), CancellationToken.None);
        Assert.Equal(position, refused.Conflict().Current);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(410)]
    public async Task A_passing_fault_before_the_write_is_repeated_until_it_is_stored_once(int status)
    {
        await using var fixture = await StoreFixture.StartAsync();
        using var fault = Strike(fixture, new StatusFault(status), times: 3);
        var result = (await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None)).Stored();
        Assert.False(result.IsReplay);
        Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
    }

    [Fact]
    public async Task An_outcome_that_stays_open_is_reported_with_the_key_that_settles_it()
    {
        await using var fixture = await StoreFixture.StartAsync();
        AppendOutcomeUnknownException open;
        using (Strike(fixture, new LostResponseFault(), times: 1))
        using (Strike(fixture, new StatusFault(503), times: null))
        {
            open = await Assert.ThrowsAsync<AppendOutcomeUnknownException>(() =>
                fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None));
        }

        var settled = await fixture.StartProcess().For("t1").AppendAsync(
            Some.Append(open.CommitId.Value, ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None);
        Assert.Equal(new StreamPosition(1, 1), settled.Position());
        Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
    }

    [Fact]
    public async Task An_outcome_that_cannot_be_looked_up_after_a_lost_response_is_open_and_not_a_failure()
    {
        await using var fixture = await StoreFixture.StartAsync();
        AppendOutcomeUnknownException open;
        using (Strike(fixture, new LostResponseFault(), times: 1))
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = [RequestKind.Query] }))
        {
            open = await Assert.ThrowsAsync<AppendOutcomeUnknownException>(() =>
                fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None));
        }

        var settled = await fixture.Store.AppendAsync(Some.Append(open.CommitId.Value, ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None);
        Assert.True(settled.Stored().IsReplay);
        Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
    }

    [Fact]
    public async Task A_throttled_append_wrote_nothing_and_says_when_to_come_back()
    {
        await using var fixture = await StoreFixture.StartAsync();
        using (Strike(fixture, new StatusFault(429, 3200, TimeSpan.FromSeconds(7)), times: null))
        {
            var throttled = await Assert.ThrowsAsync<StoreThrottledException>(() =>
                fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None));
            Assert.Equal(TimeSpan.FromSeconds(7), throttled.RetryAfter);
        }

        Assert.Empty(await fixture.Store.ReadAllAsync(Some.Stream));
    }

    [Fact]
    public async Task Another_writers_win_during_an_open_attempt_is_a_conflict()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var start = (await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None)).Position();
        var other = fixture.StartProcess().For("t1");
        await other.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(1)), CancellationToken.None);
        using var fault = Strike(fixture, new StatusFault(503), times: 1);
        var result = await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.At(start), Some.Events(1)), CancellationToken.None);
        Assert.Equal(new StreamPosition(2, 2), result.Conflict().Current);
    }

    [Fact]
    public async Task Reads_go_on_through_passing_faults()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None);
        using var fault = fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = [RequestKind.Query], Times = 2 });
        Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
    }

    [Fact]
    public async Task A_store_that_stays_away_is_unavailable()
    {
        await using var fixture = await StoreFixture.StartAsync();
        using var fault = fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = [RequestKind.Query] });
        await Assert.ThrowsAsync<StoreUnavailableException>(() => fixture.Store.ReadAllAsync(Some.Stream));
    }

    private static IDisposable Strike(StoreFixture fixture, Fault fault, int? times) =>
        fixture.Account.Faults.Add(new FaultRule { Fault = fault, Requests = [RequestKind.Batch], Times = times });
}

using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Appending;

public sealed class IdempotencyTests
{
    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_writes_nothing()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append("key", ExpectedPosition.NoStream, Some.Events(3));
        var first = (await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored();
        var second = (await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored();
        Assert.True(second.IsReplay);
        AssertSame(first.Receipt, second.Receipt);
        Assert.Equal(3, (await fixture.Store.ReadAllAsync(Some.Stream)).Count);
    }

    public static TheoryData<ExpectedPosition> Expectations => new(
        ExpectedPosition.Any, ExpectedPosition.NoStream, ExpectedPosition.StreamExists, ExpectedPosition.AtVersion(0), ExpectedPosition.AtVersion(2),
        ExpectedPosition.AtVersion(4), ExpectedPosition.AtVersion(99), ExpectedPosition.At(new StreamPosition(1, 1)),
        ExpectedPosition.Claimed(new StreamPosition(1, 1)), ExpectedPosition.Claimed(new StreamPosition(50, 99)));

    [Theory]
    [MemberData(nameof(Expectations))]
    public async Task A_repeat_is_recognised_whatever_it_expects_and_however_far_the_stream_moved_on(ExpectedPosition expected)
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(1)), CancellationToken.None);
        var first = (await fixture.Store.AppendAsync(Some.Append("key", ExpectedPosition.Any, Some.Events(2)), CancellationToken.None)).Stored();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(1)), CancellationToken.None);

        foreach (var process in new[] { fixture.Process, fixture.StartProcess() })
        {
            var repeat = await process.For("t1").AppendAsync(Some.Append("key", expected, Some.Events(2)), CancellationToken.None);
            Assert.True(repeat.Stored().IsReplay);
            AssertSame(first.Receipt, repeat.Stored().Receipt);
        }

        Assert.Equal(4, (await fixture.Store.ReadAllAsync(Some.Stream)).Count);
    }

    [Fact]
    public async Task Events_with_ids_of_their_own_need_no_key()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append(ExpectedPosition.Any, Some.Event(id: "a"), Some.Event(id: "b"));
        var first = (await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored();
        var second = (await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored();
        Assert.True(second.IsReplay);
        AssertSame(first.Receipt, second.Receipt);
        Assert.Equal(["a", "b"], (await fixture.Store.ReadAllAsync(Some.Stream)).Select(e => e.Id.Value));

        // Another list of ids is another append, and so is one that leaves an id out.
        Assert.False((await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Event(id: "b"), Some.Event(id: "a")), CancellationToken.None)).Stored().IsReplay);
        Assert.False((await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Event(id: "a"), Some.Event()), CancellationToken.None)).Stored().IsReplay);
    }

    [Fact]
    public async Task Events_without_ids_and_key_are_stored_each_time()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append(ExpectedPosition.Any, Some.Events(1));
        await fixture.Store.AppendAsync(request, CancellationToken.None);
        await fixture.Store.AppendAsync(request, CancellationToken.None);
        Assert.Equal(2, (await fixture.Store.ReadAllAsync(Some.Stream)).Count);
    }

    public static TheoryData<string, AppendRequest> OtherContent
    {
        get
        {
            var original = Some.Append("key", ExpectedPosition.Any, Some.Event(data: """{"a":1}"""));
            return new TheoryData<string, AppendRequest>
            {
                { "data", original with { Events = [Some.Event(data: """{"a":2}""")] } },
                { "type", original with { Events = [Some.Event("Other", data: """{"a":1}""")] } },
                { "id", original with { Events = [Some.Event(id: "x", data: """{"a":1}""")] } },
                { "time", original with { Events = [Some.Event(data: """{"a":1}""", at: DateTimeOffset.UnixEpoch)] } },
                { "count", original with { Events = [original.Events[0], original.Events[0]] } },
                { "metadata", original with { Metadata = new AppendMetadata { CorrelationId = "c" } } },
                { "schema version", original with { Events = [original.Events[0] with { SchemaVersion = 2 }] } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(OtherContent))]
    public async Task A_key_that_stands_for_other_content_is_refused(string difference, AppendRequest other)
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append("key", ExpectedPosition.Any, Some.Event(data: """{"a":1}""")), CancellationToken.None);
        foreach (var expected in new[] { ExpectedPosition.Any, ExpectedPosition.NoStream, ExpectedPosition.AtVersion(7) })
        {
            var result = await fixture.Store.AppendAsync(other with { Expected = expected }, CancellationToken.None);
            Assert.True(result is AppendResult.KeyReused { CommitId.Value: "key" }, difference);
        }

        Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
    }

    [Fact]
    public async Task Neither_the_actor_nor_the_trace_makes_a_request_another_one()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append("key", ExpectedPosition.Any, Some.Events(1));
        await fixture.Store.AppendAsync(request with { Metadata = new AppendMetadata { Actor = "a", TraceParent = "00-1-2-01" } }, CancellationToken.None);
        var repeat = await fixture.Store.AppendAsync(
            request with { Metadata = new AppendMetadata { Actor = "b", TraceParent = "00-3-4-01" } }, CancellationToken.None);
        Assert.True(repeat.Stored().IsReplay);
    }

    [Fact]
    public async Task A_key_is_scoped_to_its_stream_and_tenant()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append("key", ExpectedPosition.NoStream, Some.Events(1));
        foreach (var (tenant, stream) in new[] { ("t1", "A:1"), ("t1", "A:2"), ("t2", "A:1") })
        {
            var result = await fixture.Process.For(tenant).AppendAsync(request with { Stream = StreamId.Parse(stream) }, CancellationToken.None);
            Assert.False(result.Stored().IsReplay);
        }
    }

    [Fact]
    public async Task The_same_request_from_many_callers_at_once_is_stored_once()
    {
        await using var fixture = await StoreFixture.StartAsync();
        StoreProcess[] processes = [fixture.Process, fixture.StartProcess()];
        var request = Some.Append("key", ExpectedPosition.Any, Some.Events(2));
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(n =>
            Task.Run(() => processes[n % 2].For("t1").AppendAsync(request, CancellationToken.None))));
        Assert.Single(results, static result => !result.Stored().IsReplay);
        Assert.All(results, result => Assert.Equal(new StreamPosition(1, 2), result.Position()));
        Assert.Equal(2, (await fixture.Store.ReadAllAsync(Some.Stream)).Count);
    }

    private static readonly IReadOnlyList<AppendedEvent> NoEvents = [];

    private static void AssertSame(AppendReceipt first, AppendReceipt second)
    {
        Assert.Equal(first with { Events = NoEvents }, second with { Events = NoEvents });
        Assert.Equal(first.Events, second.Events);
    }
}

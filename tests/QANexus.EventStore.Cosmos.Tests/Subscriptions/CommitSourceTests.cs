using System.Text;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

public sealed class CommitSourceTests
{
    private static readonly StreamKey Stream = new(TenantId.Parse("t1"), StreamId.Parse("Requirement:r1"));

    [Fact]
    public async Task Commits_of_several_tenants_come_as_they_are_stored_byte_for_byte()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        const string data = """{"at":"10:00:00+02:00","n":1.10,"t":"\u00e4 ä","x":[{"d":1e2}]}""";
        foreach (var tenant in new[] { "t1", "t2" })
        {
            await fixture.Process.For(tenant).AppendAsync(
                new() { Stream = Stream.Stream, Events = [Some.Event(data: data)] }, CancellationToken.None);
        }

        var commits = await fixture.Get<ICommitSource>().ReadAsync(
            [new(Stream, 1), new(Stream with { Tenant = TenantId.Parse("t2") }, 1)], new DeliveryMeter(), CancellationToken.None);

        Assert.Equal(2, commits.Select(static commit => commit.Address).Distinct().Count());
        Assert.All(commits, static commit => Assert.Equal(data, Encoding.UTF8.GetString(commit.Events[0].Data.Utf8.Span)));
    }

    [Fact]
    public async Task A_replica_that_lags_is_told_from_a_commit_that_is_not_there()
    {
        await using var fixture = await DeliveryFixture.StartAsync(durable: true);
        using var lag = fixture.Store.Account.Faults.Add(new FaultRule
        {
            Fault = new LaggingReplicaFault(), Requests = [RequestKind.Read, RequestKind.Query],
        });
        await fixture.AppendAsync("Requirement:r1", events: 1);
        await fixture.AppendAsync("Requirement:r1", events: 1);
        fixture.Start();

        var commits = await fixture.Get<ICommitSource>().ReadAsync([new(Stream, 1), new(Stream, 2), new(Stream, 3)], new DeliveryMeter(), CancellationToken.None);

        Assert.Equal([1L, 2L], commits.Select(static commit => commit.Number).Order());
        fixture.Start();
        var range = await fixture.Get<ICommitSource>().ReadRangeAsync(Stream, 0, 2, EventInterest.Everything, new DeliveryMeter(), CancellationToken.None);
        Assert.Equal([1L, 2L], range.Commits.Select(static commit => commit.Number));
    }

    [Fact]
    public async Task A_long_gap_comes_in_pages_that_follow_each_other()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        for (var commit = 0; commit < 120; commit++)
        {
            await fixture.AppendAsync("Requirement:r1", events: 1);
        }

        var source = fixture.Get<ICommitSource>();
        var first = await source.ReadRangeAsync(Stream, 0, 120, EventInterest.Everything, new DeliveryMeter(), CancellationToken.None);
        var second = await source.ReadRangeAsync(Stream, first.UpTo, 120, EventInterest.Everything, new DeliveryMeter(), CancellationToken.None);

        Assert.InRange(first.UpTo, 1, 119);
        Assert.Equal(120, second.UpTo);
        Assert.Equal(Enumerable.Range(1, 120).Select(static n => (long)n), first.Commits.Concat(second.Commits).Select(static commit => commit.Number));
    }

    [Fact]
    public async Task A_damaged_document_comes_as_such_with_its_number()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await fixture.Store.Events.CreateItemAsync(
            new { id = "0000000001", tenantId = "t1", streamId = "Requirement:r1", commitId = "c", events = "none" }, StreamPartition.Of(Stream.Tenant, Stream.Stream));

        var commit = Assert.Single(await fixture.Get<ICommitSource>().ReadAsync([new(Stream, 1)], new DeliveryMeter(), CancellationToken.None));

        Assert.NotNull(commit.Damage);
        Assert.Equal(1, commit.Number);
    }
}

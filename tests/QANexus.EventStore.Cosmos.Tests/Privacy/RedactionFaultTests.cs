using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Privacy;

/// <summary>
/// A redaction whose requests go wrong. It sends three batches a commit: it reads the document, replaces it, and reads it back; a fourth, of the
/// ordinary client, brings that one up to date.
/// </summary>
public sealed class RedactionFaultTests
{
    private const int Read = 0;
    private const int Replace = 1;
    private const int ReadBack = 2;
    private const int CatchUp = 3;

    private static readonly TenantId Tenant = TenantId.Parse("t1");

    public static TheoryData<Fault> PassingFaults => new(
        new LostResponseFault(), new CutConnectionFault(), new CutBodyFault(), new StatusFault(503), new StatusFault(408), new StatusFault(449),
        new StatusFault(410), new StatusFault(500));

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_fault_that_passes_changes_nothing_but_the_time_it_takes(Fault fault)
    {
        foreach (var request in new[] { Read, Replace, ReadBack, CatchUp })
        {
            await using var fixture = await StartAsync();
            using (Strike(fixture, fault, request, times: 1))
            {
                Assert.Single(Assert.IsType<RedactionResult.Redacted>(await RedactAsync(fixture)).Events);
            }

            await AssertRedactedOnceAsync(fixture);
        }
    }

    [Fact]
    public async Task A_throttled_redaction_that_has_not_begun_wrote_nothing()
    {
        await using var fixture = await StartAsync();
        using (Strike(fixture, new StatusFault(429, 3200, TimeSpan.FromSeconds(7)), Read, times: null))
        {
            Assert.Equal(TimeSpan.FromSeconds(7), (await Assert.ThrowsAsync<StoreThrottledException>(() => RedactAsync(fixture))).RetryAfter);
        }

        Assert.Null(Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream)).Redaction);
    }

    [Theory]
    [InlineData(429, Replace)]
    [InlineData(503, Replace)]
    [InlineData(503, ReadBack)]
    [InlineData(503, CatchUp)]
    public async Task What_stays_away_leaves_the_redaction_unfinished_and_a_repeat_finishes_it(int status, int request)
    {
        await using var fixture = await StartAsync();
        using (Strike(fixture, new StatusFault(status), request, times: null))
        {
            var unfinished = await Assert.ThrowsAsync<RedactionUnfinishedException>(() => RedactAsync(fixture));
            Assert.Equal("e1", unfinished.EventId.Value);
        }

        Assert.IsType<RedactionResult.Redacted>(await RedactAsync(fixture));
        await AssertRedactedOnceAsync(fixture);
    }

    [Fact]
    public async Task An_identity_without_the_right_to_replace_leaves_everything_as_it_was()
    {
        await using var fixture = await StartAsync();
        using (Strike(fixture, new StatusFault(403), Replace, times: null))
        {
            await Assert.ThrowsAsync<RedactionUnfinishedException>(() => RedactAsync(fixture));
        }

        Assert.Null(Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream)).Redaction);
    }

    [Fact]
    public async Task Of_several_events_of_an_id_those_left_over_are_redacted_by_the_repeat()
    {
        await using var fixture = await StartAsync();
        await fixture.Store.AppendAsync(Some.Append("second", ExpectedPosition.Any, Some.Event(id: "e1")), CancellationToken.None);
        using (Strike(fixture, new StatusFault(503), CatchUp + 1 + Replace, times: null))
        {
            await Assert.ThrowsAsync<RedactionUnfinishedException>(() => RedactAsync(fixture));
        }

        Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream), static e => e.Redaction is not null);
        Assert.Equal(2, Assert.IsType<RedactionResult.Redacted>(await RedactAsync(fixture)).Events.Count);
        Assert.All(await fixture.Store.ReadAllAsync(Some.Stream), static e => Assert.NotNull(e.Redaction));
    }

    private static async Task<StoreFixture> StartAsync()
    {
        var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Event(id: "e1", data: """{"name":"Ada"}""")), CancellationToken.None);
        return fixture;
    }

    private static Task<RedactionResult> RedactAsync(StoreFixture fixture)
    {
        Assert.True(EventId.TryParse("e1", out var id));
        return fixture.Process.Redactor.RedactAsync(Tenant, id, new RedactionRequest(RedactionReason.Parse("art. 17"), "dpo"), CancellationToken.None);
    }

    private static ActiveFault Strike(StoreFixture fixture, Fault fault, int request, int? times) =>
        fixture.Account.Faults.Add(new FaultRule { Fault = fault, Requests = [RequestKind.Batch], Container = "events", Skip = request, Times = times });

    private static async Task AssertRedactedOnceAsync(StoreFixture fixture)
    {
        var e = Assert.Single(await fixture.Store.ReadAllAsync(Some.Stream));
        Assert.Equal(("dpo", """{"redacted":true}"""), (e.Redaction?.By, e.Data.ToString()));
        using var document = await fixture.Events.ReadItemStreamAsync(
            "0000000001", new Microsoft.Azure.Cosmos.PartitionKeyBuilder().Add("t1").Add(Some.Stream.ToString()).Build());
        using var json = await System.Text.Json.JsonDocument.ParseAsync(document.Content);
        Assert.Equal(1, json.RootElement.GetProperty("revision").GetInt64());
    }
}

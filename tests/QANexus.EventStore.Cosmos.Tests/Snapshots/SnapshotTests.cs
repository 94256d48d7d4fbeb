using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Cosmos.Snapshots;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.Testing.Samples;

namespace QANexus.EventStore.Cosmos.Tests.Snapshots;

public sealed class SnapshotTests
{
    [Fact]
    public async Task A_snapshot_is_taken_when_the_policy_says_so_and_until_then_nothing_is_read()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        Assert.Equal(SnapshotOutcome.NotDue, await fixture.TakeIfDueAsync(await fixture.AppendAsync(99)));
        Assert.Equal(0, fixture.Process.Requests.Total.Requests);
        Assert.Null(await fixture.ReadDocumentAsync());

        var due = await fixture.AppendAsync(1);
        Assert.Equal(SnapshotOutcome.Taken, await fixture.TakeIfDueAsync(due));
        Assert.Equal((11L, 100L), ((long)(await fixture.ReadDocumentAsync())!["commit"]!, (long)(await fixture.ReadDocumentAsync())!["version"]!));

        fixture.Process.Requests.Clear();
        Assert.Equal(SnapshotOutcome.NotDue, await fixture.TakeIfDueAsync(await fixture.AppendAsync(99)));
        Assert.Equal(1, fixture.Process.Requests.Total.Requests);
        Assert.Equal(SnapshotOutcome.Taken, await fixture.TakeAsync());
        Assert.Equal(SnapshotOutcome.NotDue, await fixture.TakeAsync());
        Assert.Equal(SnapshotOutcome.UnknownAggregate, await fixture.TakeAsync(StreamId.Parse("Sprint:s1")));
        Assert.Equal(SnapshotOutcome.NotDue, await fixture.TakeAsync(StreamId.Parse("Requirement:none")));
        await fixture.AssertLoadsAsReplayedAsync();
    }

    [Fact]
    public async Task A_snapshot_that_has_gone_is_missed_as_soon_as_states_are_forgotten()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        var process = fixture.Store.StartProcess();
        Assert.Equal(SnapshotOutcome.Taken, await TakeIfDueAsync(await fixture.AppendAsync(100)));
        using var deleted = await fixture.Store.Snapshots.DeleteItemStreamAsync(
            SnapshotFields.StateId, StreamPartition.Of(SnapshotFixture.Tenant, Some.Stream));
        Assert.True(deleted.IsSuccessStatusCode);

        var position = await fixture.AppendAsync(10);
        Assert.Equal(SnapshotOutcome.NotDue, await TakeIfDueAsync(position));
        fixture.Store.Clock.Advance(new AggregateOptions().CacheLifetime);
        Assert.Equal(SnapshotOutcome.Taken, await TakeIfDueAsync(position));

        Task<SnapshotOutcome> TakeIfDueAsync(StreamPosition reached) =>
            process.Snapshots.TakeIfDueAsync(SnapshotFixture.Tenant, Some.Stream, reached, CancellationToken.None);
    }

    [Fact]
    public async Task The_document_is_as_the_storage_document_says_and_events_are_left_as_they_were()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        fixture.Store.Clock.Now = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
        await fixture.AppendAsync(3);
        var before = await fixture.Store.Store.ReadAllAsync(Some.Stream);
        Assert.Equal(SnapshotOutcome.Taken, await fixture.TakeAsync());

        Assert.Equal(before, await fixture.Store.Store.ReadAllAsync(Some.Stream));
        var document = (await fixture.ReadDocumentAsync())!;
        foreach (var system in document.Select(static member => member.Key).Where(static key => key.StartsWith('_')).ToList())
        {
            document.Remove(system);
        }

        Assert.Equal(
            ["id", "tenantId", "streamId", "schema", "commit", "version", "latestStoredAt", "takenAt", "state", "digest"], document.Select(static member => member.Key));
        Assert.Equal(("state", "t1", "Requirement:r1"), ((string)document["id"]!, (string)document["tenantId"]!, (string)document["streamId"]!));
        Assert.Equal(("2026-11-23T10:00:00Z", 1, 3), ((string)document["takenAt"]!, (long)document["commit"]!, (long)document["version"]!));
        Assert.Equal((22, 22), (((string)document["schema"]!).Length, ((string)document["digest"]!).Length));

        // Numbers that a double would change come back to the digit.
        Assert.Equal((4m + 5m + 6m) / 3m, JsonNode.Parse((string)document["state"]!)!["average"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Only_the_snapshot_and_the_events_after_it_are_read()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(900, perCommit: 100);
        Assert.Equal(SnapshotOutcome.Taken, await fixture.TakeAsync());
        await fixture.AppendAsync(100, perCommit: 4);

        fixture.Process.Requests.Clear();
        fixture.Process.Requests.ExpectTogether(2);
        var loaded = await fixture.LoadAsync();
        Assert.Equal(2, fixture.Process.Requests.Total.RoundTrips);
        Assert.Equal(fixture.Process.Requests.Total.Charge, loaded.RequestCharge, precision: 6);
        Assert.Equal(await fixture.ReplayAsync(), (SnapshotFixture.Json(loaded.State), loaded.Position));

        // Less than what 25 commits of 4 events and a snapshot cost, and so none of the 900 events.
        Assert.InRange(loaded.RequestCharge, 1, 9.5);
    }

    [Theory]
    [InlineData("digest", "\"AAAAAAAAAAAAAAAAAAAAAA\"")]
    [InlineData("state", "\"{}\"")]
    [InlineData("state", "{}")]
    [InlineData("schema", "7")]
    [InlineData("version", "\"3\"")]
    [InlineData("takenAt", "\"yesterday\"")]
    [InlineData("latestStoredAt", "\"2026-01-01T00:00:00Z\"")]
    [InlineData("revisions", "[]")]
    [InlineData("revisions", "{\"0000000001\":\"one\"}")]
    public async Task A_snapshot_that_was_tampered_with_is_passed_over_and_reported(string member, string value)
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(12);
        await fixture.TakeAsync();
        await fixture.WriteDocumentAsync(document => document[member] = JsonNode.Parse(value));
        await fixture.AppendAsync(3);

        await fixture.AssertLoadsAsReplayedAsync();
        Assert.Equal((LogLevel.Warning, 1001), Assert.Single(fixture.Logs.Messages.Select(static message => (message.Level, message.Id))));

        // The next one takes its place, unless it hides what redactions ask for.
        Assert.Equal(member == "revisions" ? SnapshotOutcome.RedactionPending : SnapshotOutcome.Taken, await fixture.TakeAsync());
    }

    [Fact]
    public async Task A_snapshot_that_lost_its_state_is_no_tombstone_and_is_reported()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(12);
        await fixture.TakeAsync();
        await fixture.WriteDocumentAsync(static document => document.Remove("state"));

        await fixture.AssertLoadsAsReplayedAsync();
        Assert.Equal((LogLevel.Warning, 1001), Assert.Single(fixture.Logs.Messages.Select(static message => (message.Level, message.Id))));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("not JSON")]
    [InlineData("{\"status\":\"Finished\"}")]
    public async Task A_state_that_cannot_be_read_is_passed_over_though_its_digest_is_right(string state)
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(12);
        await fixture.TakeAsync();
        await fixture.WriteDocumentAsync(document =>
        {
            document["state"] = state;
            SnapshotFixture.Sign(document, Some.Stream);
        });

        await fixture.AssertLoadsAsReplayedAsync();
        Assert.Equal((LogLevel.Warning, 1001), Assert.Single(fixture.Logs.Messages.Select(static message => (message.Level, message.Id))));
    }

    [Theory]
    [InlineData(9, 90)]
    [InlineData(2, 13)]
    [InlineData(2, 11)]
    [InlineData(1, 9)]
    public async Task A_snapshot_that_the_stream_does_not_pass_through_is_passed_over_and_reported(long commit, long version)
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(12);
        await fixture.TakeAsync();
        await fixture.WriteDocumentAsync(document =>
        {
            (document["commit"], document["version"]) = (commit, version);
            SnapshotFixture.Sign(document, Some.Stream);
        });

        await fixture.AssertLoadsAsReplayedAsync();
        Assert.Equal((LogLevel.Warning, 1001), Assert.Single(fixture.Logs.Messages.Select(static message => (message.Level, message.Id))));
        Assert.Contains("does not pass through", fixture.Logs.Messages.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happens_to_snapshots_is_counted()
    {
        var counted = new ConcurrentBag<(string Instrument, string? Tag)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "QANexus.EventStore")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
            counted.Add((instrument.Name, tags.Length == 0 ? null : $"{tags[0].Key}={tags[0].Value}")));
        listener.Start();
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(12);
        await fixture.TakeAsync();
        await fixture.WriteDocumentAsync(static document => document["digest"] = "none");
        await fixture.LoadAsync();

        Assert.Contains(("qanexus.snapshots.taken", "outcome=Taken"), counted);
        Assert.Contains(("qanexus.snapshots.ignored", "reason=Corrupt"), counted);
    }

    [Fact]
    public async Task A_snapshot_of_another_build_is_passed_over_and_replaced_when_one_is_due()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        var reached = await fixture.AppendAsync(120);
        await fixture.TakeAsync();
        var newBuild = fixture.StartProcess(new RequirementDefinition(foldRevision: 2));

        var loaded = await newBuild.Requirements().LoadAsync(Some.Stream.AggregateId, CancellationToken.None);
        Assert.Equal(await fixture.ReplayAsync(), (SnapshotFixture.Json(loaded.State), loaded.Position));
        Assert.Equal((LogLevel.Information, 1000), Assert.Single(fixture.Logs.Messages.Select(static message => (message.Level, message.Id))));

        Assert.Equal(SnapshotOutcome.Taken, await newBuild.Snapshots.TakeIfDueAsync(SnapshotFixture.Tenant, Some.Stream, reached, CancellationToken.None));
        fixture.Logs.Clear();
        await newBuild.Requirements().LoadAsync(Some.Stream.AggregateId, CancellationToken.None);
        Assert.Empty(fixture.Logs.Messages);
    }

    [Fact]
    public async Task A_state_that_is_too_large_is_not_kept_and_that_is_reported()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            var notes = Enumerable.Range(0, 4).Select(n => Some.Event("RequirementNoted", data: $$"""{"text":"{{new string((char)('a' + n), 200_000)}}"}"""));
            await fixture.Store.Store.AppendAsync(Some.Append(ExpectedPosition.Any, [.. notes]), CancellationToken.None);
        }

        Assert.Equal(SnapshotOutcome.TooLarge, await fixture.TakeAsync());
        Assert.Null(await fixture.ReadDocumentAsync());
        Assert.Equal((LogLevel.Warning, 1002), Assert.Single(fixture.Logs.Messages.Select(static message => (message.Level, message.Id))));
        await fixture.AssertLoadsAsReplayedAsync();
    }

    [Fact]
    public async Task A_snapshot_never_takes_the_place_of_what_its_writer_has_not_seen()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(12);
        var (snapshots, documents) = Open(fixture);
        var load = await snapshots.LoadAsync(Some.Stream, "schema", CancellationToken.None);
        var found = await snapshots.FindAsync(Some.Stream, "schema", CancellationToken.None);
        await documents.DropAsync(SnapshotFixture.Tenant, Some.Stream, new Dictionary<long, long> { [1] = 1 }, new ChargeMeter(), CancellationToken.None);

        Assert.Equal(SnapshotOutcome.Superseded, (await snapshots.WriteAsync(load, "schema", "{}", CancellationToken.None)).Outcome);
        Assert.Null((await fixture.ReadDocumentAsync())!["state"]);

        // Whoever has seen the tombstone must have seen the redaction, too: read before or after, at once or one after the other.
        var stale = await snapshots.LoadAsync(Some.Stream, "schema", CancellationToken.None);
        Assert.False(stale.SawRedactions);
        Assert.Equal(SnapshotOutcome.RedactionPending, (await snapshots.WriteAsync(stale, "schema", "{}", CancellationToken.None)).Outcome);
        Assert.Equal(SnapshotOutcome.RedactionPending, await fixture.TakeAsync());
        Assert.Equal(
            SnapshotOutcome.Superseded, (await snapshots.WriteAsync(await snapshots.LoadAfterAsync(found, CancellationToken.None), "schema", "{}", default)).Outcome);
        await fixture.AssertLoadsAsReplayedAsync();
    }

    [Fact]
    public async Task After_a_redaction_the_snapshot_is_made_anew_without_the_data_and_remembers_the_revision()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.Store.Store.AppendAsync(
            Some.Append(ExpectedPosition.NoStream, Some.Event("RequirementNoted", "secret", """{"text":"Ada's number"}""")), CancellationToken.None);
        await fixture.AppendAsync(12);
        await fixture.TakeAsync();
        var id = (await fixture.Store.Store.ReadAllAsync(Some.Stream))[0].Id;
        var request = new RedactionRequest(RedactionReason.Parse("asked for"), "dpo");
        await fixture.Process.Redactor.RedactAsync(SnapshotFixture.Tenant, id, request, CancellationToken.None);

        Assert.Null((await fixture.ReadDocumentAsync())!["state"]);
        await fixture.AssertLoadsAsReplayedAsync();
        Assert.Equal(["(redacted)"], (await fixture.LoadAsync()).State.Notes);
        Assert.Equal(SnapshotOutcome.Taken, await fixture.TakeAsync());
        var document = (await fixture.ReadDocumentAsync())!;
        Assert.Equal("""{"0000000001":1}""", document["revisions"]!.ToJsonString());
        Assert.DoesNotContain("Ada", document.ToJsonString(), StringComparison.Ordinal);
        await fixture.AssertLoadsAsReplayedAsync();
        Assert.Empty(fixture.Logs.Messages);
    }

    [Fact]
    public async Task A_snapshot_beyond_what_a_lagging_replica_shows_is_no_alarm()
    {
        await using var fixture = await SnapshotFixture.StartAsync(durable: true);
        await fixture.AppendAsync(12);
        using var lag = fixture.Store.Account.Faults.Add(new FaultRule
        {
            Fault = new LaggingReplicaFault(), Requests = [RequestKind.Query], Container = "events",
        });
        await fixture.AppendAsync(3);
        Assert.Equal(SnapshotOutcome.Taken, await fixture.Store.Process.Snapshots.TakeAsync(SnapshotFixture.Tenant, Some.Stream, CancellationToken.None));

        var loaded = await fixture.StartProcess().Requirements().LoadAsync(Some.Stream.AggregateId, CancellationToken.None);
        Assert.Equal(new StreamPosition(3, 15), loaded.Position);
        Assert.Empty(fixture.Logs.Messages);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_costs_the_snapshot_and_nothing_else()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(12);
        using (fixture.Store.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Container = "snapshots", Requests = [RequestKind.Create] }))
        {
            Assert.Equal(SnapshotOutcome.Failed, await fixture.TakeAsync());
        }

        Assert.Equal(1003, Assert.Single(fixture.Logs.Messages).Id);
        Assert.Equal(SnapshotOutcome.Taken, await fixture.TakeAsync());
    }

    private static (IStreamSnapshots Snapshots, SnapshotDocuments Documents) Open(SnapshotFixture fixture)
    {
        var options = new CosmosEventStoreOptions();
        return (fixture.Process.SnapshotStore.ForTenant(SnapshotFixture.Tenant), new SnapshotDocuments(fixture.Store.Snapshots, options, fixture.Store.Clock));
    }
}

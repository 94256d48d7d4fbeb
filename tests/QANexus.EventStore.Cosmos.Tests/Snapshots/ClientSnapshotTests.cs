using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Json;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Snapshots;

public sealed class ClientSnapshotTests
{
    private static readonly TenantId Tenant = TenantId.Parse("t1");

    [Fact]
    public async Task A_snapshot_comes_back_to_the_byte_and_only_to_its_tenant()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(3);
        const string State = """{ "n": 1.10, "text": "ü \" \u0041" }""";
        var kept = Assert.IsType<KeepSnapshotResult.Kept>(await KeepAsync(fixture.Process, 2, State));
        var found = await FindAsync(fixture.Process);

        Assert.True(kept.IsFirst);
        Assert.Equal(kept.Snapshot, found.Kept);
        Assert.Equal((2L, State), (found.Kept!.Snapshot.Version, found.Kept.Snapshot.State.ToString()));
        Assert.Null((await ClientSnapshots(fixture.Process).FindAsync(TenantId.Parse("t2"), Some.Stream, CancellationToken.None)).Kept);
        Assert.NotEqual(
            kept.Snapshot.Digest, Assert.IsType<KeepSnapshotResult.Kept>(await KeepAsync(fixture.Process, 3, State)).Snapshot.Digest);
    }

    [Fact]
    public async Task A_version_that_only_the_newest_state_has_is_kept_though_reads_lag_and_one_that_nobody_has_is_refused()
    {
        await using var fixture = await SnapshotFixture.StartAsync(durable: true);
        Assert.IsType<KeepSnapshotResult.NoStream>(await KeepAsync(fixture.Process, 1, "{}"));
        using var lag = fixture.Store.Account.Faults.Add(new FaultRule
        {
            Fault = new LaggingReplicaFault(), Requests = [RequestKind.Read, RequestKind.Query],
        });
        await fixture.AppendAsync(3);

        Assert.IsType<KeepSnapshotResult.Kept>(await KeepAsync(fixture.StartProcess(), 3, "{}"));
        Assert.Equal(3, Assert.IsType<KeepSnapshotResult.BeyondEnd>(await KeepAsync(fixture.StartProcess(), 4, "{}")).LastVersion);
        Assert.Equal(3, Assert.IsType<KeepSnapshotResult.Older>(await KeepAsync(fixture.StartProcess(), 2, "{}")).KeptVersion);
    }

    [Fact]
    public async Task Of_many_that_come_at_once_the_newest_stays()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(6);
        StoreProcess[] processes = [fixture.StartProcess(), fixture.StartProcess(), fixture.StartProcess()];
        await Task.WhenAll(Enumerable.Range(1, 6).Select(n => Task.Run(() => KeepAsync(processes[n % 3], n, "{}"))));

        Assert.Equal(6, (await FindAsync(fixture.Process)).Kept!.Snapshot.Version);
    }

    [Theory]
    [InlineData(RequestKind.Create)]
    [InlineData(RequestKind.Replace)]
    public async Task A_lost_answer_is_asked_for_again(RequestKind kind)
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(2);
        if (kind is RequestKind.Replace)
        {
            await KeepAsync(fixture.Process, 1, "{}");
        }

        using var fault = fixture.Store.Account.Faults.Add(new FaultRule { Fault = new LostResponseFault(), Requests = [kind], Times = 1 });
        Assert.IsType<KeepSnapshotResult.Kept>(await KeepAsync(fixture.Process, 2, """{"n":2}"""));
        Assert.Equal("""{"n":2}""", (await FindAsync(fixture.Process)).Kept!.Snapshot.State.ToString());
    }

    [Fact]
    public async Task A_redaction_takes_it_away_and_no_load_ever_looks_at_it()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(3);
        await KeepAsync(fixture.Process, 3, """{"title":"Forged"}""");
        await fixture.AssertLoadsAsReplayedAsync();

        var request = new RedactionRequest(RedactionReason.Parse("asked for"), "dpo");
        await fixture.Process.Redactor.RedactAsync(Tenant, EventId.At(Some.Stream, 1), request, CancellationToken.None);
        Assert.Null((await FindAsync(fixture.Process)).Kept);
    }

    private static IClientSnapshots ClientSnapshots(StoreProcess process) => process.Services.GetRequiredService<IClientSnapshots>();

    private static Task<KeepSnapshotResult> KeepAsync(StoreProcess process, long version, string state) => ClientSnapshots(process).KeepAsync(
        Tenant, Some.Stream, new ClientSnapshot(version, SnapshotSchema.Parse("s"), JsonObjectText.Parse(state)), CancellationToken.None);

    private static Task<FoundClientSnapshot> FindAsync(StoreProcess process) =>
        ClientSnapshots(process).FindAsync(Tenant, Some.Stream, CancellationToken.None);
}

using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using static QANexus.EventStore.Cosmos.Tests.Upcasting.Evolution;

namespace QANexus.EventStore.Cosmos.Tests.Upcasting;

/// <summary>What the catalogue says of events on their way in, and that a repeat never hears of it.</summary>
public sealed class AppendAdmissionTests
{
    private static readonly StreamReadOptions AsStored = Some.All with { Form = EventForm.AsStored };

    [Fact]
    public async Task The_version_of_an_event_is_the_latest_known_unless_it_says_an_older_one()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var later = fixture.StartProcess(configure: LaterBuild).For("t1");

        await later.AppendAsync(
            Some.Append(ExpectedPosition.NoStream, Event("RequirementApproved", null), Event("RequirementApproved", 2), Event("Unheard", null), Event("Unheard", 9)), CancellationToken.None);

        Assert.Equal([3, 2, 1, 9], (await later.ReadAsync(Some.Stream, AsStored, CancellationToken.None)).Events.Select(static e => e.SchemaVersion));
    }

    [Fact]
    public async Task A_repeat_through_a_later_build_is_still_the_same_request()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append("key-1", ExpectedPosition.NoStream, Event("RequirementApproved", null));
        var stored = (await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored();

        var repeated = (await fixture.StartProcess(configure: LaterBuild).For("t1").AppendAsync(request, CancellationToken.None)).Stored();

        Assert.True(repeated.IsReplay);
        Assert.Equivalent(stored.Receipt, repeated.Receipt, strict: true);
    }

    [Fact]
    public async Task A_version_newer_than_known_is_refused_and_nothing_written()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var later = fixture.StartProcess(configure: LaterBuild).For("t1");

        foreach (var request in (AppendRequest[])[Some.Append(ExpectedPosition.Any, Event("Noise"), Event("Noise", 2)), Some.Append("key-1", ExpectedPosition.Any, Event("Noise", 2))])
        {
            var failure = await Assert.ThrowsAsync<UnknownSchemaVersionException>(() => later.AppendAsync(request, CancellationToken.None));
            Assert.Equal(("Noise", 2, 1), (failure.Type.Value, failure.Version, failure.LatestKnown));
        }

        Assert.Equal(StreamPosition.Start, (await later.ReadAsync(Some.Stream, AsStored, CancellationToken.None)).Position);
    }

    [Fact]
    public async Task A_repeat_of_what_another_build_accepted_gets_its_first_answer_from_one_that_would_refuse_it()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var newer = Some.Append("key-1", ExpectedPosition.NoStream, Event("RequirementApproved", 4));
        var invalid = Some.Append("key-2", ExpectedPosition.Any, Event("RequirementApproved", 3, """{"by":7}"""));
        var unknown = Some.Append(ExpectedPosition.Any, Event("Unheard", id: "own-1"));
        List<AppendResult.Appended> stored = [];
        foreach (var request in (AppendRequest[])[newer, invalid, unknown])
        {
            stored.Add((await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored());
        }

        var strict = fixture.StartProcess(configure: Strict).For("t1");

        foreach (var (request, first) in ((AppendRequest[])[newer, invalid, unknown]).Zip(stored))
        {
            var repeated = (await strict.AppendAsync(request, CancellationToken.None)).Stored();
            Assert.True(repeated.IsReplay);
            Assert.Equivalent(first.Receipt, repeated.Receipt, strict: true);
        }

        var other = invalid with { CommitId = CommitId.Parse("key-1") };
        Assert.IsType<AppendResult.KeyReused>(await strict.AppendAsync(other, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidAppendException>(() => strict.AppendAsync(invalid with { CommitId = CommitId.Parse("key-3") }, CancellationToken.None));
        Assert.Equal(3, (await fixture.Store.ReadAllAsync(Some.Stream)).Count);
    }

    [Fact]
    public async Task Data_that_breaks_the_latest_schema_is_refused_by_pointer_before_anything_is_sent()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var process = fixture.StartProcess(configure: Strict);
        process.Requests.Clear();

        var failure = await Assert.ThrowsAsync<InvalidAppendException>(() => process.For("t1").AppendAsync(
            Some.Append(ExpectedPosition.NoStream, Event("RequirementApproved", null, """{"by":"ann"}"""), Event("RequirementApproved", 3, """{"by":7}"""), Event("RequirementApproved", 1, """{"by":7}"""), Event("Unheard")),
            CancellationToken.None));

        Assert.Equal(["/events/1/data/by", "/events/3/type"], failure.Violations.Select(static violation => violation.Pointer));
        Assert.Equal(0, process.Requests.Total.Requests);
    }

    [Fact]
    public async Task A_refusal_of_an_append_with_a_key_costs_the_look_for_an_earlier_one()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var process = fixture.StartProcess(configure: Strict);
        process.Requests.Clear();

        await Assert.ThrowsAsync<InvalidAppendException>(() => process.For("t1").AppendAsync(Some.Append("key-1", ExpectedPosition.Any, Event("Unheard")), CancellationToken.None));

        Assert.Equal(3, process.Requests.Total.Requests);
        Assert.InRange(process.Requests.Total.Charge, 6, 7);
    }

    [Fact]
    public async Task An_append_that_is_accepted_costs_no_more_for_being_checked()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var process = fixture.StartProcess(configure: Strict);
        process.Requests.Clear();

        await process.For("t1").AppendAsync(Some.Append(ExpectedPosition.NoStream, Event("RequirementApproved", null, """{"by":"ann"}""")), CancellationToken.None);

        Assert.Equal((1, 1), (process.Requests.Total.Requests, process.Requests.Total.RoundTrips));
    }

    private static void Strict(IServiceCollection services)
    {
        services.AddEventTypes(Describe);
        services.AddEventTypes(static types => types.Add(Approved).WithSchema("""{"type":"object","properties":{"by":{"type":"string"}}}"""));
        services.Configure<EventCatalogOptions>(static options => options.UnknownTypes = UnknownEventTypes.Refused);
    }
}

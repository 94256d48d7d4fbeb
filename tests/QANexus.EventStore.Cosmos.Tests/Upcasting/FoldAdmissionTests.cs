using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Tests.Upcasting;

/// <summary>What an aggregate could never fold does not get into its stream, whoever appends it, and no read is spent on finding that out.</summary>
public sealed class FoldAdmissionTests
{
    [Fact]
    public async Task Data_that_the_aggregate_cannot_read_are_refused_with_their_place_and_nothing_is_sent()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var process = fixture.StartProcess();
        var store = process.For("t1");
        process.Requests.Clear();

        var refused = await Assert.ThrowsAsync<InvalidAppendException>(() => store.AppendAsync(
            Some.Append(ExpectedPosition.Any, Event("RequirementCreated", """{"title":"Sign in"}"""), Event("RequirementAnalyzed", """{"score":"high"}""")), CancellationToken.None));

        Assert.Equal(["/events/1/data/score"], refused.Violations.Select(static violation => violation.Pointer));
        Assert.Empty(process.Requests.Lines);
    }

    [Fact]
    public async Task An_older_version_is_judged_by_what_it_becomes()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var store = fixture.StartProcess(configure: Build).For("t1");

        var unreadable = await Assert.ThrowsAsync<InvalidAppendException>(() => store.AppendAsync(
            Some.Append(ExpectedPosition.Any, Event("RequirementRenamed", """{"from":"a","name":1}""", version: 1)), CancellationToken.None));
        var failing = await Assert.ThrowsAsync<InvalidAppendException>(() => store.AppendAsync(
            Some.Append(ExpectedPosition.Any, Event("RequirementRenamed", """{"from":"a"}""", version: 1)), CancellationToken.None));

        Assert.Equal("/events/0/data/to", Assert.Single(unreadable.Violations).Pointer);
        Assert.Equal("/events/0/data", Assert.Single(failing.Violations).Pointer);
        Assert.IsType<AppendResult.Appended>(await store.AppendAsync(
            Some.Append(ExpectedPosition.Any, Event("RequirementRenamed", """{"from":"a","name":"b"}""", version: 1)), CancellationToken.None));
    }

    [Fact]
    public async Task A_repeat_of_what_a_build_without_the_aggregate_stored_gets_its_first_answer()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append("key-1", ExpectedPosition.NoStream, Event("RequirementAnalyzed", """{"score":"high"}"""));
        var withoutAggregates = fixture.StartProcess(configure: static services => services.RemoveAll<AggregateDefinition>()).For("t1");
        var stored = (await withoutAggregates.AppendAsync(request, CancellationToken.None)).Stored();

        var repeated = (await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored();

        Assert.True(repeated.IsReplay);
        Assert.Equivalent(stored.Receipt, repeated.Receipt, strict: true);
    }

    private static void Build(IServiceCollection services) =>
        services.AddEventTypes(static catalog => catalog.Add(EventType.Parse("RequirementRenamed")).From(1).To(2, static data =>
        {
            data["to"] = data["name"]!.DeepClone();
            data.Remove("name");
        }));

    private static NewEvent Event(string type, string data, int? version = null) =>
        new() { Type = EventType.Parse(type), Data = JsonObjectText.Parse(data), SchemaVersion = version };
}

using System.Text.Json;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Tests.Fixture;

/// <summary>What tests do with aggregates and views.</summary>
internal static class DomainSteps
{
    /// <summary>Carries out commands on an aggregate, one after the other; each must raise something.</summary>
    public static async Task<TState> DoAsync<TState>(this ReadModelFixture fixture, string id, params Func<TState, Decision>[] commands)
        where TState : class
    {
        TState? state = null;
        foreach (var decide in commands)
        {
            var command = new AggregateCommand<TState>
            {
                Id = AggregateId.Parse(id), Decide = decide, Expected = ExpectedPosition.Any, Metadata = new AppendMetadata { Actor = "ada", CorrelationId = "c1" },
            };
            var result = await fixture.Get<AggregateRepositories<TState>>().For(fixture.Store).ExecuteAsync(command, CancellationToken.None);
            state = Assert.IsType<CommandResult<TState>.Appended>(result).Aggregate.State;
        }

        return state!;
    }

    public static async Task<TState> StateAsync<TState>(this ReadModelFixture fixture, string id)
        where TState : class =>
        (await fixture.Get<AggregateRepositories<TState>>().For(fixture.Store).LoadAsync(AggregateId.Parse(id), CancellationToken.None)).State;

    /// <summary>Delivers until nothing new is appended by what is delivered.</summary>
    public static async Task SettleAsync(this ReadModelFixture fixture)
    {
        int before;
        do
        {
            before = (await fixture.ReadFeedAsync(pageSize: 1_000)).Sum(static batch => batch.Length);
            await fixture.DeliverAsync();
        }
        while ((await fixture.ReadFeedAsync(pageSize: 1_000)).Sum(static batch => batch.Length) != before);
    }

    public static async Task<IReadOnlyList<RecordedEvent>> EventsAsync(this ReadModelFixture fixture, string stream) =>
        (await fixture.Store.ReadAsync(StreamId.Parse(stream), new StreamReadOptions(), CancellationToken.None)).Events;

    public static async Task<IReadOnlyList<string>> TypesAsync(this ReadModelFixture fixture, string stream) =>
        [.. (await fixture.EventsAsync(stream)).Select(static e => e.Type.Value)];

    public static async Task<JsonElement?> FindAsync(this ReadModelFixture fixture, SubscriptionName view, string id)
    {
        var found = (await fixture.Views.FindAsync(ReadModelFixture.Tenant, view, ViewId.Parse(id), atLeast: null, CancellationToken.None)).Value;
        return found is null ? null : JsonDocument.Parse(found.Data).RootElement;
    }

    public static async Task<IReadOnlyList<JsonElement>> ListAsync(this ReadModelFixture fixture, SubscriptionName view)
    {
        var page = (await fixture.Views.ListAsync(ReadModelFixture.Tenant, view, after: null, 1_000, atLeast: null, CancellationToken.None)).Value;
        return [.. page.Documents.Select(static document => JsonDocument.Parse(document.Data).RootElement)];
    }

    public static string Text(this JsonElement document, string member) =>
        document.TryGetProperty(member, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "-";

    public static async Task RedactAsync(this ReadModelFixture fixture, string stream, long version)
    {
        Assert.True(RedactionReason.TryParse("asked to", out var reason));
        await fixture.Get<IEventRedactor>().RedactAsync(
            ReadModelFixture.Tenant, EventId.At(StreamId.Parse(stream), version), new RedactionRequest(reason, "officer"), CancellationToken.None);
    }

    /// <summary>Nothing is parked for anybody.</summary>
    public static async Task AssertNothingParkedAsync(this ReadModelFixture fixture)
    {
        foreach (var group in (SubscriptionName[])[SubscriptionGroups.Views, SubscriptionGroups.Subscribers])
        {
            Assert.Empty((await fixture.Get<ISubscriptionOperations>().ParkedAsync(ReadModelFixture.Tenant, group, CancellationToken.None))!);
        }
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Documentation;

/// <summary>The guide's projection and subscriber, which it shows to the letter.</summary>
public sealed partial class ReactionGuideTests
{
    [Fact]
    public async Task The_samples_keep_a_view_and_append_once_however_often_an_event_is_delivered()
    {
        await using var fixture = await ReadModelFixture.StartAsync(AddSamples);
        await AppendAsync(fixture, "Bug:b1", """{"severity":"HIGH"}""", "BugTriaged");
        await AppendAsync(fixture, "Bug:b2", """{"severity":"LOW"}""", "BugTriaged", "BugClosed");

        await fixture.DeliverAsync();
        fixture.Start();
        await fixture.DeliverAsync();

        var open = (await fixture.Views.ListAsync(ReadModelFixture.Tenant, SubscriptionName.Parse("open-bugs"), after: null, 10, atLeast: null, CancellationToken.None)).Value;
        Assert.Equal("""Bug:b1 {"severity":"HIGH"}""", string.Join('\n', open.Documents.Select(static document => $"{document.Id} {Encoding.UTF8.GetString(document.Data.Span)}")));
        var letter = await fixture.Store.ReadAsync(StreamId.Parse("Letter:b2"), new StreamReadOptions(), CancellationToken.None);
        Assert.Equal(("LetterRequested", "Bug:b2:2"), Assert.Single(letter.Events) is var e ? (e.Type.Value, e.Origin.CausationId) : default);
    }

    private static async Task AppendAsync(ReadModelFixture fixture, string stream, string data, params string[] types) => await fixture.Store.AppendAsync(
        new AppendRequest
        {
            Stream = StreamId.Parse(stream), Events = [.. types.Select(type => new NewEvent { Type = EventType.Parse(type), Data = JsonObjectText.Parse(data) })],
        },
        CancellationToken.None);

    private static void AddSamples(IServiceCollection services)
    {
        // sample
        services.AddProjection<OpenBugs>();
        services.AddEventSubscriber<ThankReporter>();
        // end of sample
    }

    // sample
    public sealed record OpenBug(string Severity);

    public sealed class OpenBugs() : StreamProjection<OpenBug>(
        SubscriptionName.Parse("open-bugs"), ReactionJson.Default.OpenBug, [EventType.Parse("BugTriaged"), EventType.Parse("BugClosed")])
    {
        public override bool Takes(AggregateType aggregateType) => aggregateType == AggregateType.Parse("Bug");

        protected override OpenBug? Apply(OpenBug? document, RecordedEvent e) => e.Type == EventType.Parse("BugClosed")
            ? null
            : JsonSerializer.Deserialize(e.Data.Utf8.Span, ReactionJson.Default.OpenBug);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(OpenBug))]
    internal sealed partial class ReactionJson : JsonSerializerContext;
    // end of sample

    // sample
    public sealed class ThankReporter(IEventStore store) : IEventSubscriber
    {
        public SubscriptionName Name { get; } = SubscriptionName.Parse("thank-reporter");

        public IReadOnlyCollection<EventType>? EventTypes { get; } = [EventType.Parse("BugClosed")];

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken) =>
            store.ForTenant(delivery.Tenant).AppendAsync(
                new AppendRequest
                {
                    Stream = StreamId.Parse($"Letter:{delivery.Event.Stream.AggregateId}"),
                    CommitId = delivery.CommitIdFor(),
                    Events = [new NewEvent { Type = EventType.Parse("LetterRequested"), Data = JsonObjectText.Parse("""{"template":"thanks"}""") }],
                    Metadata = new AppendMetadata { Actor = "system:thank-reporter", CausationId = delivery.Event.Id.Value },
                },
                cancellationToken);
    }
    // end of sample
}

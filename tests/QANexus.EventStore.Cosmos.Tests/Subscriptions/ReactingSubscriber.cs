using System.Collections.Concurrent;
using System.Globalization;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>Appends to other streams because of an event: tasks for a requirement, and a note in a log that all requirements share.</summary>
internal sealed class ReactingSubscriber(IEventStore store) : IEventSubscriber
{
    private readonly ConcurrentQueue<AppendResult> appends = new();
    private int told;

    public static StreamId Log { get; } = StreamId.Parse("Log:all");

    public SubscriptionName Name { get; } = SubscriptionName.Parse("reacting");

    public IReadOnlyCollection<EventType>? EventTypes { get; } = [EventType.Parse("RequirementCreated")];

    /// <summary>What became of its appends, in order.</summary>
    public IReadOnlyList<AppendResult> Appends => [.. appends];

    /// <summary>Fails after its first append, which is then made.</summary>
    public bool DiesBetweenSteps { get; set; }

    public static StreamId TasksOf(StreamId requirement) => new(AggregateType.Parse("Tasks"), requirement.AggregateId);

    public async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var requirement = delivery.Event.Stream;
        await AppendAsync(delivery, TasksOf(requirement), "TasksGenerated", "{}", step: string.Empty, cancellationToken);
        if (DiesBetweenSteps)
        {
            throw new InvalidOperationException("died");
        }

        // Says another thing each time it is told, so that the request has to be recognised by what it was made for.
        var note = $$"""{"n":{{Interlocked.Increment(ref told).ToString(CultureInfo.InvariantCulture)}}}""";
        await AppendAsync(delivery, Log, "Noted", note, "planned", cancellationToken);
        await AppendAsync(delivery, Log, "Noted", note, "announced", cancellationToken);
    }

    private async Task AppendAsync(
        EventDelivery delivery, StreamId stream, string type, string data, string step, CancellationToken cancellationToken) =>
        appends.Enqueue(await store.ForTenant(delivery.Tenant).AppendAsync(
            new AppendRequest
            {
                Stream = stream,
                Events = [new NewEvent { Type = EventType.Parse(type), Data = JsonObjectText.Parse(data) }],
                CommitId = delivery.CommitIdFor(step),
                Fingerprint = RequestFingerprint.Of($"{delivery.Id} {step}", []),
                Metadata = new AppendMetadata { CausationId = delivery.Event.Id.Value, CorrelationId = delivery.Event.Origin.CorrelationId },
            },
            cancellationToken));
}

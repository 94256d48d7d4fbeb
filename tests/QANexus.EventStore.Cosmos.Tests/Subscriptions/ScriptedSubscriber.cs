using System.Collections.Concurrent;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>Does with an event what a test wants, and writes down what it was called with and what it handled.</summary>
/// <param name="name">Its name.</param>
/// <param name="types">The types that it takes; none for all.</param>
internal sealed class ScriptedSubscriber(string name, params string[] types) : IEventSubscriber
{
    private readonly ConcurrentQueue<EventDelivery> calls = new();
    private readonly ConcurrentQueue<EventDelivery> handled = new();

    public SubscriptionName Name { get; } = SubscriptionName.Parse(name);

    public IReadOnlyCollection<EventType>? EventTypes { get; } = types.Length == 0 ? null : [.. types.Select(EventType.Parse)];

    /// <summary>What it does with an event.</summary>
    public Func<EventDelivery, Task> OnEvent { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Every call, failed ones too.</summary>
    public IReadOnlyList<EventDelivery> Calls => [.. calls];

    public IReadOnlyList<EventDelivery> Handled => [.. handled];

    public IEnumerable<string> HandledIds => Handled.Select(static delivery => delivery.Event.Id.Value);

    public async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        calls.Enqueue(delivery);
        await OnEvent(delivery);
        handled.Enqueue(delivery);
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.LocalHost.Tests.Endurance;

/// <summary>The ids of events that <see cref="Mailbox"/> cannot read yet.</summary>
internal sealed record Poison(IReadOnlySet<string> EventIds);

/// <summary>
/// Keeps a letter of every event, under an id made of the event's place. It has a defect, that some events are poison to it, and it minds their order:
/// of a stream it never takes an event before the one that precedes it.
/// </summary>
internal sealed class Mailbox(IViewWriter views, Poison poison) : IEventBatchSubscriber
{
    /// <summary>What a poisonous event fails with.</summary>
    public const string Error = "FormatException: The mailbox cannot read this one.";

    private readonly ConcurrentDictionary<(TenantId Tenant, StreamId Stream), long> taken = new();

    public static SubscriptionName View { get; } = SubscriptionName.Parse("mailbox");

    public SubscriptionName Name => View;

    public IReadOnlyCollection<EventType>? EventTypes => null;

    public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken) => HandleAsync([delivery], cancellationToken);

    public async Task HandleAsync(IReadOnlyList<EventDelivery> deliveries, CancellationToken cancellationToken)
    {
        var last = new Dictionary<(TenantId, StreamId), long>();
        foreach (var delivery in deliveries)
        {
            var (stream, version) = ((delivery.Tenant, delivery.Event.Stream), delivery.Event.Version);
            if (poison.EventIds.Contains(delivery.Event.Id.Value))
            {
                throw new FormatException(Error[(Error.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            }

            // What this process has not seen was handled before it began.
            var before = last.TryGetValue(stream, out var inBatch) ? inBatch : taken.GetValueOrDefault(stream, version - 1);
            if (version > before + 1)
            {
                throw new InvalidOperationException($"Version {version} came after version {before}.");
            }

            last[stream] = version;
        }

        await views.CreateAsync(View, [.. deliveries.Select(Letter)], cancellationToken);
        foreach (var (stream, version) in last)
        {
            taken[stream] = version;
        }
    }

    private static NewViewDocument Letter(EventDelivery delivery) => new(
        delivery,
        ViewId.Parse(string.Create(CultureInfo.InvariantCulture, $"{delivery.Event.Stream}:{delivery.Event.Version:D10}")),
        JsonSerializer.SerializeToUtf8Bytes(new { eventId = delivery.Event.Id.Value, type = delivery.Event.Type.Value }));
}

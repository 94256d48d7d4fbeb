using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>An event on its way to a handler.</summary>
public sealed record EventDelivery
{
    /// <summary>Who it is for.</summary>
    public required SubscriptionName Handler { get; init; }

    /// <summary>Whose event it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The event in its latest form.</summary>
    public required RecordedEvent Event { get; init; }

    /// <summary>Which part of the stored event it is, from 1, where an upcaster split it; 0 for a whole one.</summary>
    public int Part { get; init; }

    /// <summary>Which attempt this is, from 1, in this process.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>
    /// The same for every delivery of this event to this handler, and for no other: made of the handler's name and the event's place, which stays
    /// unique where callers gave two events the same id. Unique within the tenant.
    /// </summary>
    public string Id => Part == 0
        ? $"{Handler}/{EventId.At(Event.Stream, Event.Version)}"
        : string.Create(CultureInfo.InvariantCulture, $"{Handler}/{EventId.At(Event.Stream, Event.Version)}.{Part}");

    /// <summary>
    /// The commit id for what the handler appends because of this event: a repeat of the delivery then appends nothing new. A handler that appends to
    /// the same stream more than once names each step.
    /// </summary>
    public CommitId CommitIdFor(string step = "") =>
        CommitId.Parse("delivery." + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Id}\n{step}"))));
}

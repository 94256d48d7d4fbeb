using QANexus.EventStore.Appending;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore;

/// <summary>The event store of one tenant. Nothing reached through it belongs to another.</summary>
public interface ITenantEventStore : IEventWriter, IEventReader, IEventQueries, IEventFeed, IRefusals
{
    /// <summary>Whose it is.</summary>
    TenantId Tenant { get; }
}

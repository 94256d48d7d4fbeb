using QANexus.Domain.Actors;
using QANexus.EventStore;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Commanding;

/// <summary>What a command is decided by, beside the state of its aggregate.</summary>
/// <param name="Body">What the request asks for.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Id">Of which aggregate.</param>
/// <param name="Now">When, the same however often it is decided.</param>
/// <param name="Store">The store of the tenant.</param>
/// <param name="UnnamedId">A name for what the command makes inside the aggregate and nobody named: the same for a repeat with the same key.</param>
/// <param name="Route">The values of the route beside tenant and aggregate.</param>
internal sealed record CommandInput<TBody>(
    TBody Body, Actor Actor, AggregateId Id, DateTimeOffset Now, ITenantEventStore Store, string UnnamedId, string? Route);

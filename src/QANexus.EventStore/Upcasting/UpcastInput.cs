using System.Text.Json.Nodes;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>What a step works on: an event as stored, and its data in the version that the step takes, which nobody else holds.</summary>
internal readonly record struct UpcastInput(IServiceProvider Services, TenantId Tenant, RecordedEvent Event, JsonObject Data)
{
    public JsonObject CopyData() => Data.DeepClone().AsObject();

    public LookUpInput ToLookUp() => new(Tenant, Event, CopyData());
}

/// <summary>Does the work of a step: what it makes, in order.</summary>
internal delegate ValueTask<IReadOnlyList<UpcastPart>> UpcastBody(UpcastInput input, CancellationToken cancellationToken);

/// <summary>One thing that a step made.</summary>
internal readonly record struct UpcastPart(EventTypeVersion Target, JsonObject Data);

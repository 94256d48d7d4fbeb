using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Aggregates;

/// <summary>
/// Whether events on their way into an aggregate's stream can be folded there, as far as they alone can tell: the stream is not read for it. What its own
/// aggregate cannot fold would end it for ever.
/// </summary>
internal sealed class FoldAdmission
{
    private readonly Dictionary<AggregateType, AggregateDefinition> definitions = [];
    private readonly EventUpcaster upcaster;

    public FoldAdmission(IEnumerable<AggregateDefinition> definitions, EventUpcaster upcaster)
    {
        this.upcaster = upcaster;
        foreach (var definition in definitions)
        {
            this.definitions.TryAdd(definition.Type, definition);
        }
    }

    /// <summary>What is wrong with the events, in order; nothing of a stream that is no registered aggregate's, or where a command has folded them.</summary>
    public async ValueTask<IReadOnlyList<AppendViolation>> FindViolationsAsync(
        TenantId tenant, AppendRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request.IsFolded || !definitions.TryGetValue(request.Stream.AggregateType, out var definition))
        {
            return [];
        }

        List<AppendViolation> violations = [];
        var events = request.Events.ToRecorded(upcaster.Catalog, request.Stream, StreamPosition.Start, now, request.Metadata);
        for (var i = 0; i < events.Count; i++)
        {
            if (await FindViolationAsync(definition, tenant, events[i], cancellationToken) is { } violation)
            {
                violations.Add(new AppendViolation($"/events/{i}{violation.Pointer}", violation.Message));
            }
        }

        return violations;
    }

    private async ValueTask<JsonViolation?> FindViolationAsync(
        AggregateDefinition definition, TenantId tenant, RecordedEvent e, CancellationToken cancellationToken)
    {
        if (upcaster.Catalog.IsLatest(e) || e.SchemaVersion > upcaster.Catalog.LatestVersion(e.Type))
        {
            return definition.FindMisfit(e);
        }

        if (upcaster.Catalog.LooksUp(new EventTypeVersion(e.Type, e.SchemaVersion)))
        {
            // An append reads nothing beside its stream.
            return null;
        }

        try
        {
            var latest = await upcaster.UpcastAsync(tenant, e, cancellationToken);
            return latest.Select(definition.FindMisfit).FirstOrDefault(static misfit => misfit is not null);
        }
        catch (UpcastingFailedException)
        {
            return new JsonViolation("/data", "cannot be brought to the latest form of its type");
        }
    }
}

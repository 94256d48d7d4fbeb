using System.Text.Json.Nodes;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>Says what becomes of events of one version, with something that was looked up. Look-ups are not asked for redacted events.</summary>
/// <typeparam name="TFound">What was looked up.</typeparam>
public sealed class UpcastStepBuilder<TFound>
{
    private readonly UpcastStepBuilder step;
    private readonly Type? lookUpService;
    private readonly Func<UpcastInput, CancellationToken, ValueTask<TFound>>? lookUp;

    internal UpcastStepBuilder(UpcastStepBuilder step) => this.step = step;

    internal UpcastStepBuilder(UpcastStepBuilder step, Type? lookUpService, Func<UpcastInput, CancellationToken, ValueTask<TFound>> lookUp) =>
        (this.step, this.lookUpService, this.lookUp) = (step, lookUpService, lookUp);

    /// <inheritdoc cref="UpcastStepBuilder.To(int, Action{JsonObject})"/>
    public EventTypeBuilder To(int to, Action<JsonObject, RecordedEvent, TFound> transform) =>
        Change(UpcastStepKind.Transform, step.Version with { Version = to }, transform);

    /// <inheritdoc cref="UpcastStepBuilder.RenameTo(EventType, int, Action{JsonObject, RecordedEvent})"/>
    public EventTypeBuilder RenameTo(EventType other, int to, Action<JsonObject, RecordedEvent, TFound> transform) =>
        Change(UpcastStepKind.Rename, new EventTypeVersion(other, to), transform);

    /// <inheritdoc cref="UpcastStepBuilder.SplitInto"/>
    public EventTypeBuilder SplitInto(Action<SplitBuilder<TFound>> parts)
    {
        var split = new SplitBuilder<TFound>();
        parts(split);
        return Add(UpcastStepKind.Split, split.Targets, split.Make);
    }

    /// <inheritdoc cref="UpcastStepBuilder.DropIf"/>
    public EventTypeBuilder DropIf(Func<JsonObject, RecordedEvent, TFound, bool> condition, int elseTo)
    {
        var target = step.Version with { Version = elseTo };
        return Add(UpcastStepKind.Drop, [target], (input, found) =>
            condition(input.Data, input.Event, found) ? [] : [new UpcastPart(target, input.Data)]);
    }

    private EventTypeBuilder Change(UpcastStepKind kind, EventTypeVersion target, Action<JsonObject, RecordedEvent, TFound> transform) =>
        Add(kind, [target], (input, found) =>
        {
            transform(input.Data, input.Event, found);
            return [new UpcastPart(target, input.Data)];
        });

    private EventTypeBuilder Add(
        UpcastStepKind kind, IReadOnlyList<EventTypeVersion> targets, Func<UpcastInput, TFound, IReadOnlyList<UpcastPart>> make) =>
        step.Add(new UpcastStepDescription(step.Version, kind, targets, HasLookUp: lookUp is not null), lookUpService, lookUp is null
            ? (input, _) => new(make(input, default!))
            : async (input, cancellation) => make(input, await lookUp(input, cancellation)));
}

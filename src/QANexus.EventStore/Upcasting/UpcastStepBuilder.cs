using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>
/// Says what becomes of events of one version. Transforms get data of their own, whose numbers keep their text, and the event as stored for its
/// envelope. They must be pure: the same event gives the same result for ever, so no clock, no chance, nothing that is not in the event. A redacted
/// event changes type and version only.
/// </summary>
public sealed class UpcastStepBuilder
{
    private readonly EventTypeBuilder type;
    private readonly EventTypeDraft draft;
    private readonly int version;

    internal UpcastStepBuilder(EventTypeBuilder type, EventTypeDraft draft, int version) =>
        (this.type, this.draft, this.version) = (type, draft, version);

    /// <summary>Changes the data into what <paramref name="to"/> looks like.</summary>
    public EventTypeBuilder To(int to, Action<JsonObject> transform) => To(to, (data, _) => transform(data));

    /// <inheritdoc cref="To(int, Action{JsonObject})"/>
    public EventTypeBuilder To(int to, Action<JsonObject, RecordedEvent> transform) => Found().To(to, (data, e, _) => transform(data, e));

    /// <summary>Makes it an event of another type, with the same data.</summary>
    public EventTypeBuilder RenameTo(EventType other, int to) => RenameTo(other, to, static (_, _) => { });

    /// <summary>Makes it an event of another type, with its data changed.</summary>
    public EventTypeBuilder RenameTo(EventType other, int to, Action<JsonObject, RecordedEvent> transform) =>
        Found().RenameTo(other, to, (data, e, _) => transform(data, e));

    /// <summary>
    /// Makes it several events, which keep its version and get the ids <c>{eventId}.1</c>, <c>{eventId}.2</c> and so on. Of a redacted event there is
    /// one part for each that is named.
    /// </summary>
    public EventTypeBuilder SplitInto(Action<SplitBuilder> parts) => Found().SplitInto(split => parts(new SplitBuilder(split)));

    /// <summary>Leaves such events out of everything that is read; their versions in the stream stay free.</summary>
    public EventTypeBuilder Drop() =>
        Add(new UpcastStepDescription(Version, UpcastStepKind.Drop, [], HasLookUp: false), null, static (_, _) => new([]));

    /// <summary>Leaves those out for which <paramref name="condition"/> holds; the others, redacted ones too, become <paramref name="elseTo"/> unchanged.</summary>
    public EventTypeBuilder DropIf(Func<JsonObject, RecordedEvent, bool> condition, int elseTo) =>
        Found().DropIf((data, e, _) => condition(data, e), elseTo);

    /// <summary>Asks for what the event does not say, before the transform that then gets it.</summary>
    /// <param name="lookUp">Asks; it must give the same answer for ever, see <see cref="LookUpInput"/>.</param>
    public UpcastStepBuilder<TFound> LookUp<TFound>(Func<LookUpInput, CancellationToken, ValueTask<TFound>> lookUp) =>
        new(this, lookUpService: null, (input, cancellation) => lookUp(input.ToLookUp(), cancellation));

    /// <summary>Asks a service, which is resolved in a scope of its own when a look-up first needs it, and must be registered.</summary>
    /// <inheritdoc cref="LookUp{TFound}(Func{LookUpInput, CancellationToken, ValueTask{TFound}})"/>
    public UpcastStepBuilder<TFound> LookUp<TService, TFound>(Func<TService, LookUpInput, CancellationToken, ValueTask<TFound>> lookUp)
        where TService : notnull =>
        new(this, typeof(TService), async (input, cancellation) =>
        {
            await using var scope = input.Services.CreateAsyncScope();
            return await lookUp(scope.ServiceProvider.GetRequiredService<TService>(), input.ToLookUp(), cancellation);
        });

    internal EventTypeVersion Version => new(draft.Type, version);

    internal EventTypeBuilder Add(UpcastStepDescription description, Type? lookUpService, UpcastBody body)
    {
        draft.Steps.Add(new UpcastStep(description, lookUpService, body));
        return type;
    }

    /// <summary>The same step with nothing to look up.</summary>
    private UpcastStepBuilder<object?> Found() => new(this);
}

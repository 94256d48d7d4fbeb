using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Aggregates;

/// <summary>
/// How the state of one kind of aggregate follows from its events. The constructor of a derived class registers every event type; there is one
/// instance, used by many requests at once.
/// </summary>
/// <typeparam name="TState">
/// The state: immutable, and given back equal by its JSON, which is what snapshots keep. A record over immutable collections is one.
/// </typeparam>
public abstract class AggregateDefinition<TState> : AggregateDefinition
    where TState : class
{
    private readonly Dictionary<EventType, EventFold<TState>> folds = [];
    private readonly Dictionary<Type, EventFold<TState>> byClass = [];
    private readonly HashSet<EventType> ignored = [];
    private Func<TState, RecordedEvent, TState>? others;

    /// <param name="type">The first half of the streams' names.</param>
    /// <param name="initial">The state before the first event.</param>
    /// <param name="stateType">How the state is written in a snapshot; source-generated.</param>
#pragma warning disable RS0022 // The base is closed on purpose: what derives from it derives from this class.
    protected AggregateDefinition(AggregateType type, TState initial, JsonTypeInfo<TState> stateType)
        : base(type)
    {
        Initial = initial;
        StateType = stateType;
    }
#pragma warning restore RS0022

    /// <summary>The state before the first event.</summary>
    public TState Initial { get; }

    /// <summary>How the state is written in a snapshot.</summary>
    public JsonTypeInfo<TState> StateType { get; }

    /// <summary>
    /// Raise it when the same events lead to another state than before, though the state's members are the same: snapshots made earlier are then not
    /// used any more. 1 where nothing is said.
    /// </summary>
    public virtual int FoldRevision => 1;

    /// <summary>When a snapshot is due; every 100 events where nothing is said.</summary>
    public virtual ISnapshotPolicy Snapshots => SnapshotPolicy.Default;

    /// <inheritdoc/>
    public override IReadOnlyCollection<EventType> EventTypes => folds.Keys;

    /// <summary>The state after one more event.</summary>
    /// <exception cref="FoldFailedException">
    /// The event's type is not registered, its data are not what its class takes, or its function throws.
    /// </exception>
    public TState Evolve(TState state, RecordedEvent e)
    {
        if (!folds.TryGetValue(e.Type, out var fold))
        {
            return ignored.Contains(e.Type) ? state
                : others is not null ? others(state, e)
                : throw new FoldFailedException(e.Stream, e.Version, e.Type, "its type is not one that the aggregate knows");
        }

        try
        {
            return fold.Evolve(state, e);
        }
        catch (Exception exception) when (exception is not FoldFailedException)
        {
            // What was thrown may quote the event; the message does not.
            var detail = exception is JsonException ? "its data are not what its class takes" : $"its fold threw {exception.GetType().Name}";
            throw new FoldFailedException(e.Stream, e.Version, e.Type, detail, exception);
        }
    }

    /// <summary>The state after some more events.</summary>
    /// <inheritdoc cref="Evolve(TState, RecordedEvent)" path="/exception"/>
    public TState Evolve(TState state, IEnumerable<RecordedEvent> events) => events.Aggregate(state, Evolve);

    /// <summary>Registers an event type.</summary>
    /// <param name="type">Its name.</param>
    /// <param name="data">The class of its data in their latest form; every class stands for one event type.</param>
    /// <param name="evolve">The state after it.</param>
    /// <param name="evolveRedacted">
    /// The state after one whose data were taken away: what is known without them, such as the status that it leads to, must be as
    /// <paramref name="evolve"/> would have it.
    /// </param>
    /// <exception cref="ArgumentException">The type or the class is registered already.</exception>
    protected void On<TEvent>(
        EventType type,
        JsonTypeInfo<TEvent> data,
        Func<TState, TEvent, RecordedEvent, TState> evolve,
        Func<TState, RecordedEvent, TState> evolveRedacted)
        where TEvent : class =>
        Register(new EventFold<TState, TEvent>(type, data, evolve, evolveRedacted));

    /// <summary>Registers an event type whose effect does not depend on its data, and so is the same without them.</summary>
    /// <param name="type">Its name.</param>
    /// <param name="data">The class of its data in their latest form; every class stands for one event type.</param>
    /// <param name="evolve">The state after it.</param>
    /// <exception cref="ArgumentException">The type or the class is registered already.</exception>
    protected void On<TEvent>(EventType type, JsonTypeInfo<TEvent> data, Func<TState, RecordedEvent, TState> evolve)
        where TEvent : class =>
        Register(new EventFold<TState, TEvent>(type, data, (state, _, e) => evolve(state, e), evolve));

    /// <summary>Event types that are in the streams and of no consequence for the state.</summary>
    protected void Ignore(params ReadOnlySpan<EventType> types)
    {
        foreach (var type in types)
        {
            ignored.Add(type);
        }
    }

    /// <summary>
    /// Whatever is not registered is of no consequence for the state. Without it such an event is an error: passing over an event that was forgotten
    /// would be a wrong state.
    /// </summary>
    protected void IgnoreOthers() => OnOthers(static (state, _) => state);

    /// <summary>The state after an event of a type that is not registered: whoever may append to a stream may have put one there.</summary>
    /// <param name="evolve">The state after it; it must not throw, and reads no data.</param>
    protected void OnOthers(Func<TState, RecordedEvent, TState> evolve) => others = evolve;

    /// <summary>The registration for the class of an event that a decision raised.</summary>
    /// <exception cref="ArgumentException">The class is not registered.</exception>
    internal EventFold<TState> FoldOf(object data) => byClass.TryGetValue(data.GetType(), out var fold)
        ? fold
        : throw new ArgumentException($"{GetType().Name} has no event type for the class {data.GetType().Name}; register it with On.", nameof(data));

    internal override JsonViolation? FindMisfit(RecordedEvent e) => folds.TryGetValue(e.Type, out var fold) ? fold.FindMisfit(e.Data) : null;

    internal override void AddTo(IServiceCollection services)
    {
        services.TryAddSingleton(this);
        services.TryAddEnumerable(new ServiceDescriptor(typeof(AggregateDefinition), this));
        services.TryAddSingleton(static provider => new AggregateRepositories<TState>(
            provider.GetRequiredService<AggregateDefinition<TState>>(),
            provider.GetRequiredService<EventUpcaster>(),
            provider.GetService<ISnapshotStore>(),
            provider.GetRequiredService<IOptions<AggregateOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<AggregateRepositories<TState>>>() ?? NullLogger<AggregateRepositories<TState>>.Instance));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAggregateKind, AggregateKind<TState>>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStreamMemory, AggregateRepositories<TState>>(
            static provider => provider.GetRequiredService<AggregateRepositories<TState>>()));
    }

    private void Register(EventFold<TState> fold)
    {
        if (!folds.TryAdd(fold.Type, fold) || !byClass.TryAdd(fold.Class, fold))
        {
            throw new ArgumentException($"{GetType().Name} registers {fold.Type} or {fold.Class.Name} twice.", nameof(fold));
        }
    }
}

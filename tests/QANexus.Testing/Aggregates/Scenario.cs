using QANexus.EventStore.Aggregates;

namespace QANexus.Testing.Aggregates;

/// <summary>Begins a test of an aggregate.</summary>
public static class Scenario
{
    /// <summary>An aggregate without a history.</summary>
    public static AggregateScenario<TState> Of<TState>(AggregateDefinition<TState> definition)
        where TState : class => new(definition);
}

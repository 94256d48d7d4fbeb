using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Aggregates;

/// <summary>Adds aggregates to a host.</summary>
public static class AggregateRegistration
{
    /// <summary>
    /// Registers a kind of aggregate: <see cref="AggregateRepositories{TState}"/> of its state, and what finds it by its type. Safe to call twice.
    /// </summary>
    public static OptionsBuilder<AggregateOptions> AddAggregate<TDefinition>(
        this IServiceCollection services, Action<AggregateOptions>? configure = null)
        where TDefinition : AggregateDefinition, new()
    {
        new TDefinition().AddTo(services);
        return services.AddAggregates(configure);
    }

    /// <summary>Registers <see cref="IAggregateStates"/> and <see cref="ISnapshotTaker"/>, which know every registered aggregate. Safe to call twice.</summary>
    public static OptionsBuilder<AggregateOptions> AddAggregates(this IServiceCollection services, Action<AggregateOptions>? configure = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddEventUpcasting();
        services.TryAddSingleton<SnapshotPositions>();
        services.TryAddSingleton<AggregateStates>();
        services.TryAddSingleton<IAggregateStates>(static provider => provider.GetRequiredService<AggregateStates>());
        services.TryAddSingleton<ISnapshotTaker>(static provider => provider.GetRequiredService<AggregateStates>());
        var builder = services.AddOptions<AggregateOptions>().ValidateDataAnnotations().ValidateOnStart();
        return configure is null ? builder : builder.Configure(configure);
    }
}

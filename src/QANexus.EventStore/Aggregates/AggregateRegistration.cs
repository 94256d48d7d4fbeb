using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

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
        services.TryAddSingleton(TimeProvider.System);
        new TDefinition().AddTo(services);
        var builder = services.AddOptions<AggregateOptions>().ValidateDataAnnotations().ValidateOnStart();
        return configure is null ? builder : builder.Configure(configure);
    }
}

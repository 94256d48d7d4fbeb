using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Schemas;

namespace QANexus.EventStore.Upcasting;

/// <summary>Tells a host about event types.</summary>
public static class EventTypesRegistration
{
    /// <summary>
    /// Adds to the host's <see cref="EventCatalog"/> what <paramref name="describe"/> says. May be called by every part of an application that has
    /// events, in any order; what they say together is checked when the host starts. The same delegate counts once.
    /// </summary>
    public static IServiceCollection AddEventTypes(this IServiceCollection services, Action<EventCatalogBuilder> describe)
    {
        services.AddEventUpcasting();
        if (!services.Any(service => service.ImplementationInstance is EventTypeSource source && source.Describe == describe))
        {
            services.AddSingleton(new EventTypeSource(describe));
        }

        return services;
    }

    /// <summary>Adds the catalogue and the upcaster, for hosts that know of no event types too.</summary>
    internal static void AddEventUpcasting(this IServiceCollection services)
    {
        services.TryAddSingleton(static provider =>
        {
            var builder = new EventCatalogBuilder();
            foreach (var source in provider.GetServices<EventTypeSource>())
            {
                source.Describe(builder);
            }

            return builder.Build(provider);
        });
        services.TryAddSingleton<EventUpcaster>();
        services.TryAddSingleton(static provider =>
            new EventSchemas(provider.GetRequiredService<EventCatalog>(), provider.GetService<IEventSchemaCompiler>()));
        services.TryAddSingleton<FoldAdmission>();
        services.TryAddSingleton<AppendAdmission>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventCatalogOptions>, EventCatalogValidator>());
        services.AddOptions<EventCatalogOptions>().ValidateDataAnnotations().ValidateOnStart();
    }

    /// <summary>What one part of an application says.</summary>
    private sealed record EventTypeSource(Action<EventCatalogBuilder> Describe);
}

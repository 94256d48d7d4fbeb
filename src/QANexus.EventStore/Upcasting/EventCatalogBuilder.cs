using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>Collects what a build knows of event types. The order of registrations means nothing.</summary>
public sealed class EventCatalogBuilder
{
    private readonly Dictionary<EventType, EventTypeDraft> types = [];

    /// <summary>Makes <paramref name="type"/> known, or adds to what is known of it already.</summary>
    public EventTypeBuilder Add(EventType type)
    {
        if (!types.TryGetValue(type, out var draft))
        {
            draft = new EventTypeDraft(type);
            types.Add(type, draft);
        }

        return new EventTypeBuilder(draft);
    }

    /// <summary>The catalogue of what was registered.</summary>
    /// <param name="services">Where look-ups get their services from, each when it is first needed.</param>
    /// <exception cref="InvalidEventCatalogException">
    /// A version has no step to the next or more than one, steps go in circles, a target is not known, a type was described twice; all of them at once.
    /// </exception>
    public EventCatalog Build(IServiceProvider? services = null)
    {
        var problems = EventCatalogValidation.FindProblems(types, services);
        return problems.Count == 0
            ? new EventCatalog(types.Values, services)
            : throw new InvalidEventCatalogException(problems);
    }
}

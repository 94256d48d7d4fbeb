using Microsoft.Extensions.Options;

namespace QANexus.EventStore.Schemas;

/// <summary>Has the catalogue and its schemas built when the host starts, so that what is wrong with them ends the start and not the first request.</summary>
/// <param name="schemas">Built, and so valid, by the time that this exists.</param>
internal sealed class EventCatalogValidator(EventSchemas schemas) : IValidateOptions<EventCatalogOptions>
{
    public ValidateOptionsResult Validate(string? name, EventCatalogOptions options)
    {
        ArgumentNullException.ThrowIfNull(schemas);
        return ValidateOptionsResult.Skip;
    }
}

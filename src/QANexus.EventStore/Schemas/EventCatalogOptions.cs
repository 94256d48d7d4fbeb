using System.ComponentModel.DataAnnotations;

namespace QANexus.EventStore.Schemas;

/// <summary>Settings of the event catalogue.</summary>
public sealed class EventCatalogOptions
{
    /// <summary>What becomes of appended events whose type is not known. Reading is never affected. Default <see cref="UnknownEventTypes.Accepted"/>.</summary>
    [EnumDataType(typeof(UnknownEventTypes))]
    public UnknownEventTypes UnknownTypes { get; set; } = UnknownEventTypes.Accepted;
}

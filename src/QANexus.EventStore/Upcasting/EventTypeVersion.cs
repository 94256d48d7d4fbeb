using System.Globalization;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>One version of the schema of an event type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Version">The version, from 1.</param>
public readonly record struct EventTypeVersion(EventType Type, int Version)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Type} v{Version}");
}

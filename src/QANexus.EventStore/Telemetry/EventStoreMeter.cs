using System.Diagnostics.Metrics;

namespace QANexus.EventStore.Telemetry;

/// <summary>The one meter of the store.</summary>
internal static class EventStoreMeter
{
    public static readonly Meter Instance = new(EventStoreTelemetry.Name);
}

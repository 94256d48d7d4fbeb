using System.Diagnostics.Metrics;

namespace QANexus.EventStore.Telemetry;

/// <summary>The one meter of the store.</summary>
internal static class EventStoreMeter
{
    /// <summary>What a host subscribes to.</summary>
    public const string Name = "QANexus.EventStore";

    public static readonly Meter Instance = new(Name);
}

namespace QANexus.EventStore.Telemetry;

/// <summary>What a host subscribes to in order to observe the store and what is built on it.</summary>
public static class EventStoreTelemetry
{
    /// <summary>The name of the one activity source and of the one meter.</summary>
    public const string Name = "QANexus.EventStore";
}

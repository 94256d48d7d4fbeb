using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Failures that say nothing about an event or its handler, only that the store cannot serve now.</summary>
internal static class StoreFailure
{
    public static bool Is(Exception failure) =>
        failure is StoreThrottledException or StoreUnavailableException or AppendOutcomeUnknownException;
}

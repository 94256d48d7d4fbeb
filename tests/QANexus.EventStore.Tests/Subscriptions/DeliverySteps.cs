using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Tests.Subscriptions;

/// <summary>What tests of deliveries do again and again.</summary>
internal static class DeliverySteps
{
    public static StreamKey One { get; } = DeliveryWorld.Stream("1");

    public static StreamKey Two { get; } = DeliveryWorld.Stream("2");

    public static async Task<IReadOnlyList<ParkedStream>> RetryAsync(DeliveryWorld.Process process, StreamKey stream) => (await process.Operations.RetryAsync(
        DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, stream.Stream, handler: null, CancellationToken.None))!;

    public static Doorbell[] Rings(params StoredCommit[] commits) => [.. commits.Select(DeliveryWorld.Ring)];

    public static void Throw(bool really)
    {
        if (really)
        {
            throw new InvalidOperationException("no");
        }
    }
}

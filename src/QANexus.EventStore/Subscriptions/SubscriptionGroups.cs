namespace QANexus.EventStore.Subscriptions;

/// <summary>The subscription groups that functions run. Each has its own trigger, leases and checkpoints.</summary>
public static class SubscriptionGroups
{
    /// <summary>Text of <see cref="Views"/>: the name of its function and the prefix of its leases.</summary>
    public const string ProjectViews = "project-views";

    /// <summary>Text of <see cref="Subscribers"/>.</summary>
    public const string RunSubscribers = "run-subscribers";

    /// <summary>The name of the function that takes snapshots, and the prefix of its leases. It keeps no checkpoints: a snapshot is one itself.</summary>
    public const string TakeSnapshots = "take-snapshots";

    /// <summary>Keeps the views.</summary>
    public static SubscriptionName Views { get; } = SubscriptionName.Parse(ProjectViews);

    /// <summary>Runs the handlers that have effects elsewhere.</summary>
    public static SubscriptionName Subscribers { get; } = SubscriptionName.Parse(RunSubscribers);
}

using Microsoft.Extensions.Options;

namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// What this process knows beyond the stored checkpoints: that nothing of interest to a lane lies between a checkpoint and a later commit. Believed
/// only while the stored checkpoint is there or further, and lost with the process: the next gap read finds it again.
/// </summary>
internal sealed class SeenCommits(IOptions<SubscriptionOptions> options)
{
    private readonly RecentEntries<(string Lane, StreamKey Stream), Seen> entries = new(options.Value.RememberedStreams);

    public Seen? Find(ILane lane, StreamKey stream) => entries.Find((lane.Name, stream));

    public void Remember(ILane lane, StreamKey stream, Seen seen) => entries.Set((lane.Name, stream), seen);

    public void Forget(ILane lane, StreamKey stream) => entries.Forget((lane.Name, stream));

    /// <param name="Checkpoint">The commit that the stored checkpoint had reached.</param>
    /// <param name="UpTo">The commit up to which there is nothing else of interest.</param>
    internal sealed record Seen(long Checkpoint, long UpTo);
}

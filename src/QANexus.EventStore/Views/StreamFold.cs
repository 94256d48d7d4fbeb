using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Folds a stream into its document, or into what a roll-up keeps of it.</summary>
internal sealed class StreamFold(ProjectionLane lane, Func<object?, RecordedEvent, object?> evolve)
{
    public object? Result { get; private set; }

    public ViewPosition? Through { get; private set; }

    /// <summary>Applies the events of a commit that lie before <paramref name="end"/>.</summary>
    public async Task AddAsync(CommitDelivery commit, EventPosition end, CancellationToken cancellationToken)
    {
        if (commit.Stored.Damage is { } damage)
        {
            throw damage;
        }

        for (var index = 0; index < Math.Min(commit.Stored.Events.Count, end.DoneOf(commit.Number)); index++)
        {
            if (!lane.Interest.Takes(commit.Stored.Events[index].Type))
            {
                continue;
            }

            foreach (var part in await commit.PartsAsync(index, cancellationToken))
            {
                if (lane.Wanted?.Contains(part.Type) != false)
                {
                    Result = evolve(Result, part);
                    Through = new ViewPosition(part.Stream, part.Commit, part.Version, part.StoredAt);
                }
            }
        }
    }
}

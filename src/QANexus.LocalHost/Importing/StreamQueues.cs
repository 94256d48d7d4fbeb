using QANexus.EventStore.Streams;

namespace QANexus.LocalHost.Importing;

/// <summary>
/// Keeps the order within each stream: lines wait in the queue of their stream, and a queue is with at most one worker at a time. Of the
/// streams without lines the latest are remembered, and those that have stopped.
/// </summary>
internal sealed class StreamQueues(int remembered)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(TenantId, StreamId), StreamQueue> queues = [];
    private readonly LinkedList<(TenantId, StreamId)> idle = new();

    /// <returns>The line's queue where a worker must take it up; null where it is with one, or on its way to one, already.</returns>
    public StreamQueue? Add(ImportLine line)
    {
        lock (gate)
        {
            if (!queues.TryGetValue((line.Tenant, line.Stream), out var queue))
            {
                queue = queues[(line.Tenant, line.Stream)] = new StreamQueue();
            }

            if (queue.Idle is { } place)
            {
                idle.Remove(place);
                queue.Idle = null;
            }

            queue.Lines.Enqueue(line);
            return queue.Lines.Count == 1 ? queue : null;
        }
    }

    /// <summary>The line to settle; it stays in the queue until <see cref="HandBack"/>.</summary>
    public ImportLine First(StreamQueue queue)
    {
        lock (gate)
        {
            return queue.Lines.Peek();
        }
    }

    /// <summary>The queue's first line is settled.</summary>
    /// <returns>The queue has more lines, so a worker must take it up again.</returns>
    public bool HandBack(StreamQueue queue)
    {
        lock (gate)
        {
            var line = queue.Lines.Dequeue();
            if (queue.Lines.Count == 0 && queue.StoppedAtLine is null)
            {
                queue.Idle = idle.AddLast((line.Tenant, line.Stream));
                while (idle.Count > remembered)
                {
                    queues.Remove(idle.First!.Value);
                    idle.RemoveFirst();
                }
            }

            return queue.Lines.Count > 0;
        }
    }
}

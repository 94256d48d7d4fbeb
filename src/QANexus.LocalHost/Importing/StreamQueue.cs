using System.Net.Http.Headers;
using QANexus.EventStore.Streams;

namespace QANexus.LocalHost.Importing;

/// <summary>The lines of one stream, settled one after the other. Whoever was handed the queue is alone with what is not about waiting.</summary>
internal sealed class StreamQueue
{
    /// <summary>The lines that wait, the one being settled first.</summary>
    public Queue<ImportLine> Lines { get; } = new();

    /// <summary>The queue's place among those without lines.</summary>
    public LinkedListNode<(TenantId, StreamId)>? Idle { get; set; }

    /// <summary>Where the line before ended: what the next one is appended on.</summary>
    public EntityTagHeaderValue? Position { get; set; }

    /// <summary>The line that failed so that none after it can be appended.</summary>
    public long? StoppedAtLine { get; set; }
}

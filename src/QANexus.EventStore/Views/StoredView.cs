using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>A document of a view as stored: its data, a checkpoint, or both.</summary>
/// <param name="Id">Its id: a <see cref="ViewId"/>, or that of a stream's checkpoint.</param>
internal sealed record StoredView(string Id)
{
    /// <summary>A checkpoint beside the documents begins with this, which no view id contains.</summary>
    public const char CheckpointMark = '$';

    /// <summary>One JSON object; null where the document holds a checkpoint only.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>The last event that changed the data.</summary>
    public ViewPosition? Through { get; init; }

    public StreamCheckpoint? Checkpoint { get; init; }

    /// <summary>The stream that <see cref="Checkpoint"/> is about.</summary>
    public StreamId? Stream { get; init; }

    /// <summary>What a roll-up keeps of <see cref="Stream"/>, one JSON object.</summary>
    public ReadOnlyMemory<byte>? Entry { get; init; }

    /// <summary>The tag of the stored state; null where it is not stored yet.</summary>
    public string? Tag { get; init; }

    /// <summary>The id of a stream's checkpoint beside the documents.</summary>
    public static string CheckpointId(StreamId stream) => $"{CheckpointMark}{stream}";
}

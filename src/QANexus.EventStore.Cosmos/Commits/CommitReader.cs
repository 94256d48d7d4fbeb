using System.Text.Json;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>
/// Reads a commit document without building a tree: event data and metadata stay slices of the text that they came in.
/// Members that it does not know are passed over, so that a newer build may add some.
/// </summary>
internal static class CommitReader
{
    /// <exception cref="CorruptStreamException">The document is not a commit of <paramref name="expected"/>, or not one at all.</exception>
    public static Commit Read(ReadOnlyMemory<byte> document, StreamId? expected)
    {
        var fields = new CommitFieldValues();
        try
        {
            fields.Read(document);
            return fields.ToCommit(expected);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            var stream = expected ?? (StreamId.TryParse(fields.StreamId, out var named) ? named : default);
            throw new CorruptStreamException(stream, $"the document of commit '{fields.Id}' cannot be read: {exception.Message}", exception);
        }
    }
}

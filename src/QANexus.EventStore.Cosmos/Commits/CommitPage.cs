using System.Text.Json;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>The documents inside one page of a query or of the change feed: <c>{"_rid": …, "Documents": [ … ], "_count": n}</c>.</summary>
internal static class CommitPage
{
    /// <summary>Every element of <c>Documents</c>, as it stands in the text.</summary>
    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> page)
    {
        var documents = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(page.Span);
        JsonMembers.Enter(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (!reader.ValueTextEquals("Documents"u8))
            {
                JsonMembers.Skip(ref reader);
                continue;
            }

            reader.Read();
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                var start = checked((int)reader.TokenStartIndex);
                reader.Skip();
                documents.Add(page[start..checked((int)reader.BytesConsumed)]);
            }
        }

        return documents;
    }

    /// <summary>The resource id of the container that the page is from; null where the page does not begin with it.</summary>
    public static string? ContainerOf(ReadOnlyMemory<byte> page)
    {
        var reader = new Utf8JsonReader(page.Span);
        JsonMembers.Enter(ref reader);
        return JsonMembers.Next(ref reader) && reader.ValueTextEquals("_rid"u8) ? JsonMembers.Text(ref reader) : null;
    }

    /// <summary>The commits of the page, in its order.</summary>
    public static IEnumerable<Commit> Read(ReadOnlyMemory<byte> page, StreamId? expected) =>
        Split(page).Select(document => CommitReader.Read(document, expected));
}

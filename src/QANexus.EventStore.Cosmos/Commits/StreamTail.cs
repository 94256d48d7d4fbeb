using System.Text.Json;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>The projection of a commit document that says where its stream ends.</summary>
internal static class StreamTail
{
    public const string Query = """SELECT TOP 1 c.id, c.version, c["count"] FROM c ORDER BY c.id DESC""";

    /// <summary>The position in a page of <see cref="Query"/>; null for an empty page.</summary>
    public static StreamPosition? Read(ReadOnlyMemory<byte> page)
    {
        foreach (var document in CommitPage.Split(page))
        {
            using var tail = JsonDocument.Parse(document);
            var root = tail.RootElement;
            var commit = CommitNumber.FromId(root.GetProperty("id").GetString());
            return new StreamPosition(commit, root.GetProperty("version").GetInt64() + root.GetProperty("count").GetInt64() - 1);
        }

        return null;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QANexus.LocalCosmos.Resources;

/// <summary>JSON bodies of answers.</summary>
internal static class JsonBody
{
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return buffer.WrittenMemory;
    }

    /// <summary>A feed: <c>{"_rid": owner, name: [...], "_count": n}</c>.</summary>
    public static ReadOnlyMemory<byte> WriteFeed<T>(string owner, string name, IReadOnlyCollection<T> entries, Action<Utf8JsonWriter, T> write) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("_rid", owner);
        writer.WriteStartArray(name);
        foreach (var entry in entries)
            write(writer, entry);
        writer.WriteEndArray();
        writer.WriteNumber("_count", entries.Count);
        writer.WriteEndObject();
    });

    /// <summary>A feed whose entries are JSON already.</summary>
    /// <param name="owner">Printed resource id of what the feed is of.</param>
    /// <param name="name">The array's name, which like the id needs no escapes.</param>
    /// <param name="entries">What is in it.</param>
    public static ReadOnlyMemory<byte> WriteFeed(string owner, string name, JsonEntries entries)
    {
        var head = Encoding.UTF8.GetBytes($"{{\"_rid\":\"{owner}\",\"{name}\":");
        var tail = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"_count\":{entries.Count}}}"));
        var feed = new byte[head.Length + entries.ArrayBytes + tail.Length];
        head.CopyTo(feed, 0);
        entries.WriteArray(feed.AsSpan(head.Length, entries.ArrayBytes));
        tail.CopyTo(feed, head.Length + entries.ArrayBytes);
        return feed;
    }
}

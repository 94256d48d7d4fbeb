using System.Buffers;
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
    public static ReadOnlyMemory<byte> WriteFeed(string owner, string name, ReadOnlySpan<byte> array, int count)
    {
        var buffer = new ArrayBufferWriter<byte>(array.Length + 128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("_rid", owner);
            writer.WritePropertyName(name);
            writer.WriteRawValue(array, skipInputValidation: true);
            writer.WriteNumber("_count", count);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// Finds the doorbells in the text that a trigger hands over. The host has parsed and printed it again, so nothing of it is believed but which commit
/// it is about. What cannot be read is reported and passed over: it must not fail its neighbours.
/// </summary>
internal static class DoorbellReader
{
    /// <summary>Event data may be 32 levels deep inside a document inside the array; a host that wraps it once more is forgiven.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 128, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="documents">A JSON array of documents.</param>
    /// <param name="unreadable">Is told, for each document that is none, why.</param>
    public static IReadOnlyList<Doorbell> Read(string documents, Action<string> unreadable)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(documents));
        try
        {
            return Read(bytes.AsSpan(0, Encoding.UTF8.GetBytes(documents, bytes)), unreadable);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static List<Doorbell> Read(ReadOnlySpan<byte> documents, Action<string> unreadable)
    {
        var doorbells = new List<Doorbell>();
        var reader = new Utf8JsonReader(documents, Options);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartArray)
            {
                unreadable("the batch is not an array");
                return doorbells;
            }

            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                if (Read(ref reader, unreadable) is { } doorbell)
                {
                    doorbells.Add(doorbell);
                }
            }
        }
        catch (JsonException exception)
        {
            unreadable($"the batch breaks off: {exception.Message}");
        }

        return doorbells;
    }

    private static Doorbell? Read(ref Utf8JsonReader reader, Action<string> unreadable)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            reader.Skip();
            unreadable("a document is not an object");
            return null;
        }

        string? id = null, tenant = null, stream = null;
        var types = new List<EventType>();
        var (revision, version, count) = (0L, 0L, 0L);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = Text(ref reader);
            }
            else if (reader.ValueTextEquals("tenantId"u8))
            {
                tenant = Text(ref reader);
            }
            else if (reader.ValueTextEquals("streamId"u8))
            {
                stream = Text(ref reader);
            }
            else if (reader.ValueTextEquals("eventTypes"u8))
            {
                ReadTypes(ref reader, types);
            }
            else if (reader.ValueTextEquals("revision"u8))
            {
                revision = ReadRevision(ref reader);
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                version = ReadNumber(ref reader) ?? 0;
            }
            else if (reader.ValueTextEquals("count"u8))
            {
                count = ReadNumber(ref reader) ?? 0;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var commit) && commit > 0
            && TenantId.TryFromStorageKey(tenant, out var tenantId) && StreamId.TryParse(stream, out var streamId))
        {
            return new Doorbell(new StreamKey(tenantId, streamId), commit, types, revision) { Version = version > 0 && count > 0 ? version + count - 1 : 0 };
        }

        unreadable($"document '{id}' of stream '{stream}' of tenant '{tenant}' is no commit");
        return null;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>Types that are not all readable are no types: whoever has no types may be of interest to everybody.</summary>
    private static void ReadTypes(ref Utf8JsonReader reader, List<EventType> types)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        var isWhole = true;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.String && EventType.TryParse(reader.GetString(), out var type))
            {
                types.Add(type);
            }
            else
            {
                reader.Skip();
                isWhole = false;
            }
        }

        if (!isWhole)
        {
            types.Clear();
        }
    }

    /// <summary>A revision that is there and cannot be read is still a revision.</summary>
    private static long ReadRevision(ref Utf8JsonReader reader)
    {
        var number = ReadNumber(ref reader);
        return number ?? (reader.TokenType is JsonTokenType.Null ? 0 : 1);
    }

    private static long? ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var number) ? number : null;
        }

        reader.Skip();
        return null;
    }
}

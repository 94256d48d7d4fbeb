using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace QANexus.LocalCosmos.Documents;

/// <summary>
/// The body of an item as the client sent it, without system properties: bytes, order and number text of everything else are kept.
/// </summary>
internal sealed record ItemBody
{
    /// <summary>The service's limit for one item.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private ItemBody(string id, ReadOnlyMemory<byte> content) => (Id, Content) = (id, content);

    public string Id { get; }

    /// <summary>A JSON object. Its length is the size that charges and limits are about.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    public static bool TryParse(
        ReadOnlyMemory<byte> body, [NotNullWhen(true)] out ItemBody? item, [NotNullWhen(false)] out ItemRefusal? refusal)
    {
        item = null;
        refusal = null;
        if (body.Length > MaxBytes)
        {
            refusal = new ItemRefusal(413, "Request size is too large.");
            return false;
        }

        var scan = BodyScan.Of(body.Span);
        if (scan is null)
            refusal = new ItemRefusal(400, "The request payload is invalid. Ensure to provide a valid request payload: one JSON object.");
        else if (scan.Id is null)
            refusal = new ItemRefusal(400, "The input content is invalid because the required properties - 'id; ' - are missing, or no strings.");
        else if (!ItemId.IsValid(scan.Id, out var reason))
            refusal = new ItemRefusal(400, reason);
        else
            item = new ItemBody(scan.Id, scan.HasSystemProperties ? Strip(body.Span, scan.Kept) : body[scan.Object]);
        return item is not null;
    }

    /// <summary>The id of a body that was stored before, without checking the rest of it again.</summary>
    public static string ReadId(ReadOnlySpan<byte> stored)
    {
        var reader = new Utf8JsonReader(stored, JsonText.ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId)
                return reader.GetString()!;
            reader.Skip();
        }

        throw new InvalidOperationException("A stored document has no id.");
    }

    /// <summary>Parses the content; the caller disposes the document.</summary>
    public JsonDocument Parse() => JsonDocument.Parse(Content, JsonText.DocumentOptions);

    /// <summary>The body as it is stored and answered, system properties at the end.</summary>
    /// <param name="rid">Printed resource id of the document.</param>
    /// <param name="self">Its link, ending in a slash.</param>
    /// <param name="etag">Its ETag with the quotes that belong to it.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    public byte[] Compose(string rid, string self, string etag, long timestamp)
    {
        var open = Content.Span[..^1];
        // An id is always there, so the comma is always right.
        var tail = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $",\"_rid\":{Quote(rid)},\"_self\":{Quote(self)},\"_etag\":{Quote(etag)},\"_attachments\":\"attachments/\",\"_ts\":{timestamp}}}");
        var stored = new byte[open.Length + Encoding.UTF8.GetByteCount(tail)];
        open.CopyTo(stored);
        Encoding.UTF8.GetBytes(tail, stored.AsSpan(open.Length));
        return stored;
    }

    /// <summary>The server's own names have no character to be escaped but the quotes of an ETag.</summary>
    private static string Quote(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static byte[] Strip(ReadOnlySpan<byte> body, IReadOnlyList<Range> kept)
    {
        var content = new ArrayBufferWriter<byte>(body.Length);
        content.Write("{"u8);
        foreach (var property in kept)
        {
            if (content.WrittenCount > 1)
                content.Write(","u8);
            content.Write(body[property]);
        }

        content.Write("}"u8);
        return content.WrittenSpan.ToArray();
    }
}

using System.Text.Json;
using System.Text.Unicode;

namespace QANexus.LocalCosmos.Documents;

/// <summary>
/// What one pass over a body finds: the id, where the object lies among white space, and where its properties are other than the server's own.
/// A property that occurs twice counts as its last occurrence, as everywhere else.
/// </summary>
internal sealed class BodyScan
{
    private readonly List<Range> _kept = [];
    private bool _keeps;
    private int _start;

    private BodyScan()
    {
    }

    public string? Id { get; private set; }

    public bool HasSystemProperties { get; private set; }

    public Range Object { get; private set; }

    public IReadOnlyList<Range> Kept => _kept;

    /// <summary>Null where the bytes are not one JSON object whose strings can all be read.</summary>
    public static BodyScan? Of(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            return null;
        var scan = new BodyScan();
        try
        {
            return scan.Run(body) ? scan : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool Run(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, JsonText.ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        var objectStart = (int)reader.TokenStartIndex;
        var end = (int)reader.BytesConsumed;
        var isId = false;
        while (reader.Read())
        {
            if (reader.ValueIsEscaped && !JsonText.IsReadable(ref reader))
                return false;
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                Close(end);
                isId = Open(ref reader);
            }
            else if (isId)
            {
                Id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                isId = false;
            }

            if (reader.CurrentDepth == 0)
                Close(end);
            end = (int)reader.BytesConsumed;
        }

        // White space may follow the object; the end is that of its last token.
        Object = objectStart..end;
        return true;
    }

    private bool Open(ref Utf8JsonReader property)
    {
        _start = (int)property.TokenStartIndex;
        _keeps = !IsSystemProperty(ref property);
        HasSystemProperties |= !_keeps;
        return property.ValueTextEquals("id"u8);
    }

    private void Close(int end)
    {
        if (_keeps)
            _kept.Add(_start..end);
        _keeps = false;
    }

    private static bool IsSystemProperty(ref Utf8JsonReader property) =>
        property.ValueTextEquals("_rid"u8) || property.ValueTextEquals("_self"u8) || property.ValueTextEquals("_etag"u8)
        || property.ValueTextEquals("_attachments"u8) || property.ValueTextEquals("_ts"u8) || property.ValueTextEquals("_lsn"u8);
}

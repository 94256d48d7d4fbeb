using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace QANexus.LocalCosmos.Documents;

/// <summary>JSON values as bytes that are equal exactly where the service calls the values equal: 1 and 1.0, members in any order.</summary>
internal static class CanonicalValue
{
    /// <summary>Appends the value. One that is missing counts as null.</summary>
    public static void Append(JsonElement? value, MemoryStream bytes)
    {
        switch (value?.ValueKind)
        {
            case JsonValueKind.False:
                bytes.WriteByte(2);
                break;
            case JsonValueKind.True:
                bytes.WriteByte(3);
                break;
            case JsonValueKind.Number:
                bytes.WriteByte(5);
                AppendNumber(value.Value.GetDouble(), bytes);
                break;
            case JsonValueKind.String:
                bytes.WriteByte(8);
                AppendText(value.Value, bytes);
                break;
            case JsonValueKind.Array:
                bytes.WriteByte(9);
                foreach (var element in value.Value.EnumerateArray())
                    Append(element, bytes);
                bytes.WriteByte(0);
                break;
            case JsonValueKind.Object:
                bytes.WriteByte(10);
                foreach (var property in value.Value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    AppendText(property.Name, bytes);
                    Append(property.Value, bytes);
                }

                bytes.WriteByte(0);
                break;
            default:
                bytes.WriteByte(1);
                break;
        }
    }

    private static void AppendNumber(double value, MemoryStream bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(double)];
        // Adding zero makes 0 of -0, and both are equal here.
        BinaryPrimitives.WriteDoubleLittleEndian(number, value + 0.0);
        bytes.Write(number);
    }

    /// <summary>A text without escapes is in the document as it is wanted here.</summary>
    private static void AppendText(JsonElement text, MemoryStream bytes)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        if (raw.Contains((byte)'\\'))
        {
            AppendText(text.GetString()!, bytes);
            return;
        }

        bytes.Write(raw);
        bytes.WriteByte(0xFF);
    }

    private static void AppendText(string text, MemoryStream bytes)
    {
        bytes.Write(Encoding.UTF8.GetBytes(text));
        // No UTF-8 text contains this byte, so no text runs into what follows it.
        bytes.WriteByte(0xFF);
    }
}

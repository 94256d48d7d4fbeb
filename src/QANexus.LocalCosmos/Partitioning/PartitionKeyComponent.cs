using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace QANexus.LocalCosmos.Partitioning;

internal enum PartitionKeyComponentKind
{
    Undefined,
    Null,
    False,
    True,
    Number,
    String,
}

/// <summary>
/// One level of a partition key. Numbers are doubles, so 1 and 1.0 are one key; they compare by their bits, because the bits are hashed:
/// 0 and -0 are two.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PartitionKeyComponent
{
    private readonly long _numberBits;

    private PartitionKeyComponent(PartitionKeyComponentKind kind, long numberBits = 0, string? text = null) =>
        (Kind, _numberBits, Text) = (kind, numberBits, text);

    public PartitionKeyComponentKind Kind { get; }

    public double Number => BitConverter.Int64BitsToDouble(_numberBits);

    public string? Text { get; }

    /// <summary>The document has no value at the path; <c>{}</c> in the header.</summary>
    public static PartitionKeyComponent Undefined => default;

    public static PartitionKeyComponent Null { get; } = new(PartitionKeyComponentKind.Null);

    public static PartitionKeyComponent Of(bool value) => new(value ? PartitionKeyComponentKind.True : PartitionKeyComponentKind.False);

    public static PartitionKeyComponent Of(double value) => new(PartitionKeyComponentKind.Number, BitConverter.DoubleToInt64Bits(value));

    public static PartitionKeyComponent Of(string value) => new(PartitionKeyComponentKind.String, text: value);

    /// <summary>False for a value that cannot be a key: an object with members, an array, a number beyond the range of doubles.</summary>
    public static bool TryRead(JsonElement? value, out PartitionKeyComponent component)
    {
        component = Undefined;
        switch (value?.ValueKind)
        {
            case null:
                return true;
            case JsonValueKind.Null:
                component = Null;
                return true;
            case JsonValueKind.False:
            case JsonValueKind.True:
                component = Of(value.Value.GetBoolean());
                return true;
            case JsonValueKind.String:
                component = Of(value.Value.GetString()!);
                return true;
            case JsonValueKind.Number when value.Value.TryGetDouble(out var number) && double.IsFinite(number):
                component = Of(number);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Appends what the service hashes: a type mark, then the value.</summary>
    public void AppendTo(MemoryStream bytes)
    {
        switch (Kind)
        {
            case PartitionKeyComponentKind.Undefined:
                bytes.WriteByte(0x00);
                break;
            case PartitionKeyComponentKind.Null:
                bytes.WriteByte(0x01);
                break;
            case PartitionKeyComponentKind.False:
                bytes.WriteByte(0x02);
                break;
            case PartitionKeyComponentKind.True:
                bytes.WriteByte(0x03);
                break;
            case PartitionKeyComponentKind.Number:
                Span<byte> number = stackalloc byte[sizeof(double)];
                BinaryPrimitives.WriteDoubleLittleEndian(number, Number);
                bytes.WriteByte(0x05);
                bytes.Write(number);
                break;
            default:
                bytes.WriteByte(0x08);
                bytes.Write(Encoding.UTF8.GetBytes(Text!));
                bytes.WriteByte(0xFF);
                break;
        }
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case PartitionKeyComponentKind.Undefined:
                writer.WriteStartObject();
                writer.WriteEndObject();
                break;
            case PartitionKeyComponentKind.Null:
                writer.WriteNullValue();
                break;
            case PartitionKeyComponentKind.False:
            case PartitionKeyComponentKind.True:
                writer.WriteBooleanValue(Kind == PartitionKeyComponentKind.True);
                break;
            case PartitionKeyComponentKind.Number:
                writer.WriteNumberValue(Number);
                break;
            default:
                writer.WriteStringValue(Text);
                break;
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>Writes values as JSON. What came from a document is copied byte for byte.</summary>
internal static class SqlValueWriter
{
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(static code => (byte)code)]);

    /// <summary>Writes a defined value; undefined has no JSON and is left out by whoever holds it.</summary>
    public static void Write(IBufferWriter<byte> output, SqlValue value)
    {
        switch (value.Type)
        {
            case SqlType.Null:
                output.Write("null"u8);
                break;
            case SqlType.Boolean:
                output.Write(value.IsTrue ? "true"u8 : "false"u8);
                break;
            case SqlType.Number:
                WriteNumber(output, value);
                break;
            case SqlType.String:
                WriteString(output, value.Text.Span);
                break;
            case SqlType.Array when value.IsRaw:
            case SqlType.Object when value.IsRaw:
                output.Write(value.Text.Span);
                break;
            case SqlType.Array:
                WriteArray(output, value.Items);
                break;
            case SqlType.Object:
                WriteObject(output, value.Members);
                break;
            default:
                throw new ArgumentException("Undefined cannot be written.", nameof(value));
        }
    }

    public static byte[] ToJson(SqlValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    public static void WriteString(IBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        output.Write("\""u8);
        while (utf8.IndexOfAny(s_escaped) is var stop and >= 0)
        {
            output.Write(utf8[..stop]);
            output.Write(Escape(utf8[stop]));
            utf8 = utf8[(stop + 1)..];
        }

        output.Write(utf8);
        output.Write("\""u8);
    }

    /// <summary>Whole numbers below 1e17 plainly; others as C prints them with 15 digits, or 17 where 15 would read back differently.</summary>
    public static string FormatNumber(double number)
    {
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "Infinity" : "-Infinity";
        if (Math.Abs(number) < 1e17 && number == Math.Truncate(number))
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        string text = number.ToString("E14", CultureInfo.InvariantCulture);
        if (double.Parse(text, CultureInfo.InvariantCulture) != number)
            text = number.ToString("E16", CultureInfo.InvariantCulture);
        int separator = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(text[(separator + 1)..], CultureInfo.InvariantCulture);
        string digits = text[..separator];
        if (exponent < -4 || exponent >= digits.Count(char.IsAsciiDigit))
            return string.Create(CultureInfo.InvariantCulture, $"{Shorten(digits)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        return Shorten(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
    }

    private static string Shorten(string digits) => digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;

    private static void WriteNumber(IBufferWriter<byte> output, SqlValue value)
    {
        if (!value.Text.IsEmpty)
            output.Write(value.Text.Span);
        else
            WriteComputed(output, value.Number);
    }

    private static void WriteComputed(IBufferWriter<byte> output, double number)
    {
        // JSON has no text for what is not finite; the service writes these as strings too.
        string text = FormatNumber(number);
        output.Write(Encoding.ASCII.GetBytes(double.IsFinite(number) ? text : $"\"{text}\""));
    }

    private static void WriteArray(IBufferWriter<byte> output, IReadOnlyList<SqlValue> items)
    {
        output.Write("["u8);
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
                output.Write(","u8);
            Write(output, items[i]);
        }

        output.Write("]"u8);
    }

    private static void WriteObject(IBufferWriter<byte> output, IReadOnlyList<SqlMember> members)
    {
        output.Write("{"u8);
        for (int i = 0; i < members.Count; i++)
        {
            if (i > 0)
                output.Write(","u8);
            WriteString(output, members[i].Name.Span);
            output.Write(":"u8);
            Write(output, members[i].Value);
        }

        output.Write("}"u8);
    }

    private static byte[] Escape(byte code) => code switch
    {
        (byte)'"' => [(byte)'\\', (byte)'"'],
        (byte)'\\' => [(byte)'\\', (byte)'\\'],
        (byte)'\b' => [(byte)'\\', (byte)'b'],
        (byte)'\f' => [(byte)'\\', (byte)'f'],
        (byte)'\n' => [(byte)'\\', (byte)'n'],
        (byte)'\r' => [(byte)'\\', (byte)'r'],
        (byte)'\t' => [(byte)'\\', (byte)'t'],
        _ => Encoding.ASCII.GetBytes("\\u" + code.ToString("x4", CultureInfo.InvariantCulture)),
    };
}

using System.Buffers.Text;
using System.Globalization;

namespace QANexus.EventStore.Json;

/// <summary>Compares decimal numbers by value while they are still text.</summary>
internal static class DecimalText
{
    /// <summary>
    /// Whether a double gives <paramref name="number"/> (a JSON number) back with the same decimal value: <c>1.10</c> and
    /// <c>9007199254740991</c> do, <c>12345678901234567890</c>, <c>1e400</c> and <c>1e-400</c> do not.
    /// </summary>
    public static bool IsExactAsDouble(ReadOnlySpan<byte> number)
    {
        // Fifteen digits without an exponent always survive; nearly every number ends here.
        if (number.Length <= 15 && !number.ContainsAny((byte)'e', (byte)'E'))
        {
            return true;
        }

        if (!Utf8Parser.TryParse(number, out double value, out var consumed) || consumed != number.Length || !double.IsFinite(value))
        {
            return false;
        }

        Span<byte> shortest = stackalloc byte[32];
        _ = value.TryFormat(shortest, out var written, "R", CultureInfo.InvariantCulture);
        return Canonical.Of(number).Equals(Canonical.Of(shortest[..written]));
    }

    /// <summary>A decimal number as its significant digits and the power of ten of the last one.</summary>
    private readonly record struct Canonical(bool Negative, string Digits, long Exponent)
    {
        public static Canonical Of(ReadOnlySpan<byte> number)
        {
            var negative = number[0] == (byte)'-';
            var mark = number.IndexOfAny((byte)'e', (byte)'E');
            var mantissa = mark < 0 ? number : number[..mark];
            var exponent = mark < 0 ? 0 : ParseExponent(number[(mark + 1)..]);
            Span<char> digits = mantissa.Length <= 256 ? stackalloc char[mantissa.Length] : new char[mantissa.Length];
            var count = 0;
            var fraction = false;
            foreach (var c in mantissa)
            {
                if (c == (byte)'.')
                {
                    fraction = true;
                }
                else if (c is >= (byte)'0' and <= (byte)'9')
                {
                    exponent -= fraction ? 1 : 0;
                    if (count > 0 || c != (byte)'0')
                    {
                        digits[count++] = (char)c;
                    }
                }
            }

            var end = count;
            while (end > 0 && digits[end - 1] == '0')
            {
                end--;
                exponent++;
            }

            return end == 0 ? new Canonical(Negative: false, string.Empty, 0) : new Canonical(negative, digits[..end].ToString(), exponent);
        }

        /// <summary>Exponents beyond any double are all the same here: such a number never compares equal to one that was read back.</summary>
        private static long ParseExponent(ReadOnlySpan<byte> text) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? Math.Clamp(value, -1_000_000, 1_000_000)
                : 1_000_000;
    }
}

namespace QANexus.LocalCosmos.ResourceIds;

/// <summary>
/// Numbers as bytes out of which base64 never makes a <c>+</c> or <c>/</c>: 124 of the 128 lower byte values, in order. A byte below
/// 0x80 whose low six bits are not 62 or 63 cannot contribute to a 62 or 63 in any of the three positions of a base64 group.
/// Order is kept: the larger number has the larger little-endian bytes, and that is how clients compare documents.
/// </summary>
internal static class RidDigits
{
    public const ulong Base = 124;

    /// <summary>Writes the number, least significant byte first.</summary>
    public static void Write(ulong number, Span<byte> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var digit = (byte)(number % Base);
            destination[i] = digit < 62 ? digit : (byte)(digit + 2);
            number /= Base;
        }

        if (number != 0)
            throw new ArgumentOutOfRangeException(nameof(number), "The number does not fit the resource id.");
    }

    public static bool TryRead(ReadOnlySpan<byte> source, out ulong number)
    {
        number = 0;
        for (var i = source.Length - 1; i >= 0; i--)
        {
            if (source[i] >= 0x80 || (source[i] & 0x3F) >= 62)
                return false;
            number = (number * Base) + (ulong)(source[i] < 62 ? source[i] : source[i] - 2);
        }

        return true;
    }
}

using System.Globalization;
using System.Text;

namespace QANexus.LocalCosmos.Hosting;

/// <summary>Header values as HTTP can carry them: printable ASCII, everything else percent-encoded. Names in paths need not be ASCII.</summary>
internal static class HeaderText
{
    public static string Encode(string value)
    {
        if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return value;
        var encoded = new StringBuilder(value.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (b is >= (byte)' ' and <= (byte)'~')
                encoded.Append((char)b);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return encoded.ToString();
    }
}

namespace QANexus.LocalCosmos.ResourceIds;

/// <summary>The printed form of resource ids: padded base64 with <c>-</c> in place of <c>/</c>.</summary>
internal static class RidText
{
    public static string Print(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).Replace('/', '-');

    /// <summary>Whether the text is the id of exactly as many bytes as the span has.</summary>
    public static bool TryParse(string text, Span<byte> bytes)
    {
        // Bounded before the decoder sees it: ids come out of URLs and tokens.
        if (text.Length != (bytes.Length + 2) / 3 * 4)
            return false;
        return Convert.TryFromBase64String(text.Replace('-', '/'), bytes, out var written) && written == bytes.Length;
    }
}

namespace QANexus.LocalCosmos.Gateway;

/// <summary>
/// The raw request target, split on <c>/</c> first and percent-decoded after, so that an encoded slash stays inside its segment.
/// A <c>+</c> is a plus sign, never a space. Parsing never fails: escapes that are none stay as they are.
/// </summary>
internal sealed record RequestTarget(IReadOnlyList<string> Segments, string Query)
{
    public static RequestTarget Parse(string raw)
    {
        var path = WithoutAuthority(raw);
        var query = "";
        if (path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark)
        {
            query = path[(mark + 1)..];
            path = path[..mark];
        }

        // Outer slashes carry no meaning ("//addresses/"); an empty segment in the middle does: it is an empty name, which nothing has.
        var trimmed = path.Trim('/');
        if (trimmed.Length == 0)
            return new RequestTarget([], query);
        var segments = trimmed.Split('/');
        for (var i = 0; i < segments.Length; i++)
            segments[i] = Uri.UnescapeDataString(segments[i]);
        return new RequestTarget(segments, query);
    }

    private static string WithoutAuthority(string raw)
    {
        if (raw.StartsWith('/'))
            return raw;
        var scheme = raw.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return raw;
        var path = raw.IndexOfAny(['/', '?'], scheme + 3);
        return path < 0 ? "" : raw[path..];
    }
}

using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Items.Patching;

/// <summary>A path such as <c>/tags/0</c> into a document; <c>~1</c> and <c>~0</c> stand for <c>/</c> and <c>~</c> inside a segment.</summary>
internal sealed record JsonPointer(IReadOnlyList<string> Segments)
{
    /// <summary>The segment that means "behind the last element" of an array.</summary>
    public const string End = "-";

    public string Last => Segments[^1];

    public IEnumerable<string> Parents => Segments.Take(Segments.Count - 1);

    /// <exception cref="RequestRefusedException">400: not a path below the root.</exception>
    public static JsonPointer Parse(string? text)
    {
        if (text is null || text.Length < 2 || text[0] != '/')
            throw RequestRefusedException.BadRequest($"'{text}' is not a path of a patch operation, as '/a/b' is.");
        return new JsonPointer([.. text[1..].Split('/').Select(Unescape)]);
    }

    public bool StartsWith(IReadOnlyList<string> other) =>
        Segments.Count >= other.Count && Segments.Take(other.Count).SequenceEqual(other, StringComparer.Ordinal);

    public override string ToString() => string.Concat(Segments.Select(segment => "/" + segment));

    private static string Unescape(string segment) =>
        segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}

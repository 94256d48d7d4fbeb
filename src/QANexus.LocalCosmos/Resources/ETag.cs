using System.Globalization;

namespace QANexus.LocalCosmos.Resources;

/// <summary>
/// The version of a resource as a quoted opaque string: the number of its container (or of itself) and of its last write. Neither is
/// ever used twice, so an ETag of a deleted resource matches no later one of the same name.
/// </summary>
internal static class ETag
{
    public static string Of(long owner, long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{owner:x8}-{revision:x12}\"");

    /// <summary>Whether a precondition header names the given version. <c>*</c> names any; anything that is not ours is just another string.</summary>
    public static bool Matches(string condition, string current)
    {
        if (condition == "*")
            return true;
        var named = condition.AsSpan();
        if (named.StartsWith("W/", StringComparison.Ordinal))
            named = named[2..];
        return named.Trim('"').SequenceEqual(current.AsSpan().Trim('"'));
    }
}

using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Resources;

/// <summary>The rules for names of databases and containers.</summary>
internal static class ResourceName
{
    private const int MaxLength = 255;

    /// <exception cref="RequestRefusedException">400: not a name.</exception>
    public static string Validate(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxLength || name.AsSpan().ContainsAny("/\\?#") || name.EndsWith(' ')
            || name.Any(char.IsControl))
        {
            throw RequestRefusedException.BadRequest(
                $"A resource name has 1 to {MaxLength} characters, none of them / \\ ? # or a control character, and does not end with a space.");
        }

        return name;
    }
}

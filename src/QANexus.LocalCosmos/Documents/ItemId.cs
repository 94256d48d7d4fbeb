using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace QANexus.LocalCosmos.Documents;

/// <summary>What an id may be; databases and containers are named by the same rules.</summary>
internal static class ItemId
{
    public const int MaxBytes = 1023;

    private static readonly SearchValues<char> s_illegal = SearchValues.Create("/\\?#");

    /// <summary>On failure the reason is text for a 400.</summary>
    public static bool IsValid(string id, [NotNullWhen(false)] out string? reason)
    {
        reason = id switch
        {
            "" => "The input name '' is invalid: it must not be empty.",
            _ when id.AsSpan().ContainsAny(s_illegal) =>
                "The input name is invalid. Ensure to provide a unique non-empty string that has none of '/', '\\', '?', '#'.",
            [.., ' '] => "The input name is invalid: it must not end with a space.",
            _ when Encoding.UTF8.GetByteCount(id) > MaxBytes => $"The input name is invalid: it must not be longer than {MaxBytes} bytes.",
            _ => null,
        };
        return reason is null;
    }
}

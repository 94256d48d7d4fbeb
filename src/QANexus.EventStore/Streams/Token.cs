using System.Buffers;
using System.Text;

namespace QANexus.EventStore.Streams;

/// <summary>The alphabets that identifiers are made of, checked in one place.</summary>
internal static class Token
{
    public static readonly SearchValues<char> Tenant = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    public static readonly SearchValues<char> Name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    public static readonly SearchValues<char> Id = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~@-");

    public static bool IsTenant(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 64 && text[0] != '-' && !text.ContainsAnyExcept(Tenant);

    public static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 64 && char.IsAsciiLetter(text[0]) && !text.ContainsAnyExcept(Name);

    /// <summary>A lone dot or two would be eaten by URL normalisation on the way to the store.</summary>
    public static bool IsId(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 128 && text is not "." and not ".." && !text.ContainsAnyExcept(Id);

    public static bool IsVisibleAscii(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 255 && !text.ContainsAnyExceptInRange('!', '~');

    /// <summary>Whether it can be written in UTF-8 and read again: no lone surrogates.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> value)
    {
        while (!value.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(value, out _, out var consumed) != OperationStatus.Done)
            {
                return false;
            }

            value = value[consumed..];
        }

        return true;
    }
}

namespace QANexus.ReadModels;

/// <summary>Texts in documents that have to stay small.</summary>
internal static class Shortened
{
    /// <summary>The text, or as much of it as fits, with an ellipsis.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">UTF-16 code units at most, the ellipsis among them.</param>
    public static string To(string text, int length) =>
        text.Length <= length ? text : $"{text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)]}…";
}

namespace QANexus.LocalHost.Importing;

/// <summary>One line of a file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Utf8">Its bytes without the line break; empty if <paramref name="IsTooLong"/>.</param>
/// <param name="FileBytes">Its length in the file, line break included.</param>
/// <param name="IsTooLong">It is longer than a line may be, and was skipped.</param>
internal readonly record struct TextLine(long Number, ReadOnlyMemory<byte> Utf8, long FileBytes, bool IsTooLong = false);

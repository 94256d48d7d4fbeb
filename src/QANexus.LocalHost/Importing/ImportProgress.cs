using System.Globalization;

namespace QANexus.LocalHost.Importing;

/// <summary>How far an import is, as one line of text.</summary>
internal static class ImportProgress
{
    private const double MiB = 1024 * 1024;

    /// <param name="counts">What is settled.</param>
    /// <param name="totalBytes">The file's length; null where it has none, being a pipe.</param>
    /// <param name="elapsed">Since the start.</param>
    public static string Describe(ImportCounts counts, long? totalBytes, TimeSpan elapsed)
    {
        var rate = elapsed > TimeSpan.Zero ? counts.Lines / elapsed.TotalSeconds : 0;
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{counts.Lines:N0} lines, {counts.FileBytes / MiB:F1}{Of(totalBytes)} MiB, {rate:N0} lines/s");
        if (counts.Failed + counts.NotAttempted is > 0 and var lost)
        {
            text += string.Create(CultureInfo.InvariantCulture, $", {lost:N0} not imported");
        }

        return text + Remaining(counts, totalBytes, elapsed);
    }

    private static string Of(long? totalBytes) => totalBytes is > 0 and var total
        ? string.Create(CultureInfo.InvariantCulture, $" of {total / MiB:F1}")
        : string.Empty;

    private static string Remaining(ImportCounts counts, long? totalBytes, TimeSpan elapsed)
    {
        if (totalBytes is not > 0 || counts.FileBytes == 0)
        {
            return string.Empty;
        }

        var left = elapsed * ((double)Math.Max(0, totalBytes.Value - counts.FileBytes) / counts.FileBytes);
        return string.Create(
            CultureInfo.InvariantCulture, $", {100 * counts.FileBytes / totalBytes.Value}%, {(int)left.TotalMinutes}:{left.Seconds:00} left");
    }
}

using System.Globalization;

namespace QANexus.LocalHost.Importing;

/// <summary>What came of an import, as text.</summary>
internal static class ImportSummary
{
    public static void Write(TextWriter writer, ImportTally tally, TimeSpan elapsed)
    {
        var counts = tally.Counts;
        Write(writer, "lines", counts.Lines);
        Write(writer, "appended", counts.Appended);
        Write(writer, "replayed", counts.Replayed);
        Write(writer, "failed", counts.Failed);
        Write(writer, "not attempted", counts.NotAttempted);
        Write(writer, "events", counts.Events);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"seconds",-14} {elapsed.TotalSeconds,12:N1}"));
        foreach (var (tenant, part) in tally.Tenants)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tenant {tenant}: {part.Lines:N0} lines, {part.Events:N0} events"));
        }
    }

    private static void Write(TextWriter writer, string name, long value) =>
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {value,12:N0}"));
}

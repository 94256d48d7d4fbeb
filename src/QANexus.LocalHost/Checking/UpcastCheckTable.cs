using System.Globalization;
using QANexus.EventStore.Upcasting;

namespace QANexus.LocalHost.Checking;

/// <summary>Prints what came of a dry run: a table by type and version, then some events of each kind. No event's data is ever printed.</summary>
internal static class UpcastCheckTable
{
    private const int MinTypeWidth = 16;

    public static void Write(TextWriter writer, UpcastCheckReport report)
    {
        var width = report.Lines.Select(static line => line.Stored.Type.Value.Length).Append(MinTypeWidth).Max();
        writer.WriteLine($"{"type".PadRight(width)} version    unchanged      changed      dropped       failed");
        foreach (var line in report.Lines)
        {
            Write(writer, line.Stored.Type.Value.PadRight(width), line.Stored.Version.ToString(CultureInfo.InvariantCulture), line);
        }

        Write(writer, "all".PadRight(width), string.Empty, new UpcastCheckLine(
            default, report.Lines.Sum(static line => line.Unchanged), report.Lines.Sum(static line => line.Changed),
            report.Lines.Sum(static line => line.Dropped), report.Failed, []));
        foreach (var (stored, example) in report.Lines.SelectMany(static line => line.Examples.Select(example => (line.Stored, example))))
        {
            var what = example.Outcome.ToString().ToLowerInvariant();
            writer.WriteLine($"{what,-8} {stored}: tenant {example.Tenant}, event {example.Event}{(example.Failure is { } why ? $": {why}" : string.Empty)}");
        }
    }

    private static void Write(TextWriter writer, string type, string version, UpcastCheckLine line) => writer.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{type} {version,7} {line.Unchanged,12:N0} {line.Changed,12:N0} {line.Dropped,12:N0} {line.Failed,12:N0}"));
}

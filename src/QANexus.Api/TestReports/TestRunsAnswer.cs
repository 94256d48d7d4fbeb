using QANexus.Api.Responses;
using QANexus.Domain.TestReports;

namespace QANexus.Api.TestReports;

/// <summary>Writes the answer to an import.</summary>
internal static class TestRunsAnswer
{
    public static ReadOnlyMemory<byte> Write(ReportImportResult.Imported imported, TestReportTotals totals) => JsonText.Write(512, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("testRuns"u8);
        writer.WriteStartObject();
        writer.WriteString("id"u8, imported.Id.Value);
        writer.WriteString("name"u8, imported.Name ?? imported.Id.Value);
        writer.WriteNumber("total"u8, totals.Total);
        writer.WriteNumber("passed"u8, totals.Passed);
        writer.WriteNumber("failed"u8, totals.Failed);
        writer.WriteNumber("errored"u8, totals.Errored);
        writer.WriteNumber("skipped"u8, totals.Skipped);
        writer.WriteNumber("durationMs"u8, (decimal)totals.Duration.Ticks / TimeSpan.TicksPerMillisecond);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}

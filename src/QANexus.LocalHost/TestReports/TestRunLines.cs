using System.Globalization;
using System.Text.Json;

namespace QANexus.LocalHost.TestReports;

/// <summary>The runs that an import answers with, as text.</summary>
internal static class TestRunLines
{
    /// <param name="answer">The body of the answer.</param>
    /// <param name="isRepeat">The content was imported before.</param>
    public static IReadOnlyList<string> Read(ReadOnlyMemory<byte> answer, bool isRepeat)
    {
        using var json = JsonDocument.Parse(answer);
        return [.. json.RootElement.GetProperty("testRuns").EnumerateArray().Select(run => Describe(run, isRepeat))];
    }

    private static string Describe(JsonElement run, bool isRepeat) => string.Create(CultureInfo.InvariantCulture,
        $"{run.GetProperty("id").GetString()} {(isRepeat ? "already imported" : "imported")}: {run.GetProperty("total").GetInt32()} tests, "
        + $"{run.GetProperty("passed").GetInt32()} passed, {run.GetProperty("failed").GetInt32()} failed, {run.GetProperty("errored").GetInt32()} errored, "
        + $"{run.GetProperty("skipped").GetInt32()} skipped, {run.GetProperty("durationMs").GetDecimal() / 1000:0.###} s");
}

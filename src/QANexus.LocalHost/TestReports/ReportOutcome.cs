namespace QANexus.LocalHost.TestReports;

/// <summary>What became of a report.</summary>
internal abstract record ReportOutcome
{
    /// <summary>Its runs are there.</summary>
    /// <param name="Runs">A line for each.</param>
    internal sealed record Imported(IReadOnlyList<string> Runs) : ReportOutcome;

    /// <summary>They are not, or not whole.</summary>
    internal sealed record Failed(string Reason) : ReportOutcome;
}

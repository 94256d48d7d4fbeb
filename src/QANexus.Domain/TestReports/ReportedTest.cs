namespace QANexus.Domain.TestReports;

/// <summary>One test of a report. All texts are bounded by <see cref="TestReportLimits"/> and hold no lone surrogates.</summary>
public sealed record ReportedTest
{
    /// <summary>
    /// The same for the same test in every report: a digest of suite, class and name, and a number behind it for the second and later ones that
    /// the report calls the same.
    /// </summary>
    public required string TestCaseId { get; init; }

    /// <summary>What the tool calls it; where it says nothing, its class or suite.</summary>
    public required string Name { get; init; }

    /// <summary>The class, where the report names one.</summary>
    public string? ClassName { get; init; }

    /// <summary>The innermost suite, where the report names one.</summary>
    public string? Suite { get; init; }

    public required ReportedOutcome Outcome { get; init; }

    /// <summary>How long it took, in ticks of 100 ns; nothing where the report does not say, or says what no duration is.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Why it failed or was skipped, in short.</summary>
    public string? Message { get; init; }

    /// <summary>What the tool wrote about the failure, a stack trace for one; its beginning where it is long.</summary>
    public string? Details { get; init; }

    /// <summary>How often it was tried, as far as the report says.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>It passed, and not at once.</summary>
    public bool IsFlaky => Outcome == ReportedOutcome.Passed && Attempts > 1;
}

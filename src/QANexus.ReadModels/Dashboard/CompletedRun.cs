using System.Text.Json.Serialization;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.TestRuns;

namespace QANexus.ReadModels.Dashboard;

/// <summary>How a completed test run ended. Where its data were redacted nothing passed, and it is not complete.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="CompletedAt">When.</param>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed.</param>
/// <param name="Blocked">Tests that could not be carried out.</param>
/// <param name="Skipped">Tests that were left out on purpose; they are not executed.</param>
/// <param name="IsComplete">Whether every expected test has a result.</param>
internal sealed record CompletedRun(string Id, DateTimeOffset CompletedAt, int Passed, int Failed, int Blocked, int Skipped, bool IsComplete)
{
    /// <summary>Against the run before; nothing for the oldest.</summary>
    public PassRateTrend? Trend { get; init; }

    public int Executed => Passed + Failed + Blocked;

    /// <summary>Exact.</summary>
    [JsonIgnore]
    public PassRate Rate => new(Passed, Executed);

    /// <summary>Passed of executed tests.</summary>
    public Ratio PassRate => Rate.Ratio;

    /// <summary>In whole percent, for display.</summary>
    public int Percent => Rate.Percent;

    /// <summary>Nothing where no test was executed.</summary>
    public PassRateBand? Band => Executed == 0 ? null : Rate.Band;

    /// <summary>Complete, and a rate that is high enough.</summary>
    public bool MeetsReleaseGate => IsComplete && Rate.MeetsReleaseGate;
}

using System.Collections.Immutable;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.TestRuns;

namespace QANexus.ReadModels.TestRuns;

/// <summary>A test run as lists and its own page show it. The results one by one are in the run itself.</summary>
/// <param name="Run">
/// The run without its results. While it runs, and when it was stopped, its counts are those of the results as they came, a repeated case as often as it came;
/// when it is completed they are those of the last result of every case.
/// </param>
/// <param name="Recorded">Results that came.</param>
/// <param name="Failures">What failed or was blocked, by the last result of each case; the first <see cref="MaxFailures"/> of them.</param>
internal sealed record TestRunDocument(TestRunState Run, int Recorded, ImmutableArray<TestFailure> Failures)
{
    public const int MaxFailures = 100;

    /// <summary>Passed, failed and blocked.</summary>
    public int Executed => Run.ExecutedTests;

    /// <summary>Passed of executed tests, exact.</summary>
    public Ratio PassRate => Run.Rate.Ratio;

    /// <summary>The colour that the rate is shown in.</summary>
    public string Colour => Domain.TestRuns.PassRate.Colour(Run.PassRateStatus);

    /// <summary>How far it has come, in percent.</summary>
    public int Progress => TestRunLife.Progress(Run.Status);

    /// <summary>Whether a release can stand on it.</summary>
    public bool MeetsReleaseGate => Run.MeetsReleaseGate;
}

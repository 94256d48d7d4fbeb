using QANexus.Domain.Transitions;

namespace QANexus.Domain.TestRuns;

/// <summary>The life of a test run.</summary>
public static class TestRunLife
{
    public static TransitionTable<TestRunStatus> Table { get; } = new(
        (TestRunStatus.Created, [TestRunStatus.Running, TestRunStatus.Cancelled]),
        (TestRunStatus.Running, [TestRunStatus.Completed, TestRunStatus.Stopped, TestRunStatus.Cancelled]),
        (TestRunStatus.Completed, [TestRunStatus.Analyzed, TestRunStatus.Cancelled]),
        (TestRunStatus.Stopped, [TestRunStatus.Analyzed, TestRunStatus.Cancelled]),
        (TestRunStatus.Analyzed, [TestRunStatus.Cancelled]),
        (TestRunStatus.Cancelled, []));

    public static bool IsExecuting(TestRunStatus status) => status is TestRunStatus.Created or TestRunStatus.Running;

    public static bool HasResults(TestRunStatus status) => status is TestRunStatus.Completed or TestRunStatus.Stopped or TestRunStatus.Analyzed;

    /// <summary>How far it has come, in percent.</summary>
    public static int Progress(TestRunStatus status) => status switch
    {
        TestRunStatus.Running => 50,
        TestRunStatus.Stopped => 75,
        TestRunStatus.Completed or TestRunStatus.Analyzed => 100,
        _ => 0,
    };
}

using System.Text.Json;
using QANexus.Domain.TestReports;
using QANexus.EventStore;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.TestRuns;

/// <summary>How far a report's run has come, by the two ends of its stream: there may be a million results in between.</summary>
/// <param name="Begun">The run after the events that began it; the initial state where there is none.</param>
/// <param name="Version">The last version of its stream.</param>
/// <param name="IsComplete">The run is this report's and was completed with all of its results: there is nothing left to import.</param>
/// <param name="RequestCharge">Request units spent.</param>
public sealed record RecordedReport(TestRunState Begun, long Version, bool IsComplete, double RequestCharge)
{
    /// <summary>The events of the step that creates and starts a run.</summary>
    public const int FirstEvents = 2;

    /// <summary>Events after the completion: a run may be analysed and cancelled, and clients may append what they like.</summary>
    private const int MaxLater = 20;

    private static readonly TestRunAggregate Fold = new();

    /// <summary>Whether the run was begun by an import of this report.</summary>
    public bool IsOf(TestReport report) => string.Equals(Begun.ReportKey, report.ContentKey, StringComparison.Ordinal) && Begun.Status == TestRunStatus.Running;

    /// <summary>What is stored of a report's run.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public static async Task<RecordedReport> FindAsync(ITenantEventStore store, TestReport report, CancellationToken cancellationToken)
    {
        var stream = new StreamId(AggregateType.Parse(TestRunAggregate.TypeName), TestRunImport.IdOf(report));
        var head = await store.ReadAsync(stream, new StreamReadOptions { MaxCount = FirstEvents }, cancellationToken);
        var begun = Fold.Evolve(TestRunState.Initial, head.Events);
        if (head.Events.Count == 0)
        {
            return new RecordedReport(begun, 0, IsComplete: false, head.RequestCharge);
        }

        var tail = await store.ReadAsync(
            stream, new StreamReadOptions { Direction = ReadDirection.Backward, MaxCount = MaxLater }, cancellationToken);
        var found = new RecordedReport(begun, tail.Position.Version, IsComplete: false, head.RequestCharge + tail.RequestCharge);
        return found with { IsComplete = found.IsOf(report) && tail.Events.Any(e => Completes(e, report)) };
    }

    private static bool Completes(RecordedEvent e, TestReport report) =>
        string.Equals(e.Type.Value, nameof(TestRunCompleted), StringComparison.Ordinal)
        && e.Redaction is null
        && JsonSerializer.Deserialize(e.Data.Utf8.Span, TestRunJson.Default.TestRunCompleted) is { } completed
        && (long)completed.PassedTests + completed.FailedTests + completed.BlockedTests + completed.SkippedTests == report.Totals.Total;
}

using QANexus.Domain.TestReports;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;

namespace QANexus.Api.TestReports;

/// <summary>
/// Makes a report the run that it is, step by step, each under its key. What an earlier import has done is found done: repeating one that broke off
/// completes it. For one run.
/// </summary>
internal sealed class ReportImport(AggregateRepository<TestRunState> runs, TestReport report, NewTestRun run, AppendMetadata metadata)
{
    private readonly AggregateId id = TestRunImport.IdOf(report);
    private double charge;

    /// <exception cref="ImportUnfinishedException">The store cannot serve, or the host stops; a repeat goes on from what was written.</exception>
    public async Task<ReportImportResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await ImportAsync(cancellationToken);
            return result with { RequestCharge = charge };
        }
        catch (Exception failure) when (ImportUnfinishedException.IsCausedBy(failure))
        {
            throw new ImportUnfinishedException(failure);
        }
    }

    private async Task<ReportImportResult> ImportAsync(CancellationToken cancellationToken)
    {
        var found = await runs.LoadAsync(id, cancellationToken);
        charge += found.RequestCharge;
        if (TestRunImport.IsImported(found.State, report))
        {
            return new ReportImportResult.Imported(id, found.State, IsRepeat: true);
        }

        var result = await ExecuteAsync(step: 0, state => state.Create(run), cancellationToken);
        var step = 0;
        await foreach (var results in TestRunImport.ReadStepsAsync(report, cancellationToken))
        {
            step++;
            if (result is not CommandResult<TestRunState>.Appended done)
            {
                return Refused(result);
            }

            if (!TestRunImport.HasRecorded(done.Aggregate.State, results))
            {
                result = await ExecuteAsync(step, state => state.Record(results), cancellationToken);
            }
        }

        if (result is CommandResult<TestRunState>.Appended)
        {
            result = await ExecuteAsync(step + 1, state => state.Complete(incomplete: report.IsAborted), cancellationToken);
        }

        return result is CommandResult<TestRunState>.Appended completed
            ? new ReportImportResult.Imported(id, completed.Aggregate.State, completed.IsReplay)
            : Refused(result);
    }

    private static ReportImportResult Refused(CommandResult<TestRunState> result) => result switch
    {
        CommandResult<TestRunState>.Rejected rejected => new ReportImportResult.Rejected(rejected.Rejection),
        CommandResult<TestRunState>.KeyReused reused => new ReportImportResult.KeyReused(reused.CommitId),
        _ => throw new InvalidOperationException($"A step of an import cannot end in {result.GetType().Name}."),
    };

    private async Task<CommandResult<TestRunState>> ExecuteAsync(int step, Func<TestRunState, Decision> decide, CancellationToken cancellationToken)
    {
        var key = TestRunImport.KeyOf(report, step);
        var result = await runs.ExecuteAsync(
            new AggregateCommand<TestRunState>
            {
                Id = id,
                Decide = decide,
                Expected = ExpectedPosition.Any,
                CommitId = key,
                // The content alone: links, names and callers differ between imports of it, and the first one's stand.
                Fingerprint = RequestFingerprint.Of(key.Value, []),
                Metadata = metadata,
            },
            cancellationToken);
        charge += result.RequestCharge;
        return result;
    }
}

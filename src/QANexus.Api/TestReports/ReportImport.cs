using QANexus.Domain.TestReports;
using QANexus.Domain.TestRuns;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;

namespace QANexus.Api.TestReports;

/// <summary>
/// Makes a report the run that it is, step by step, each under its key. What an earlier import has done is found done: repeating one that broke off
/// completes it. For one run.
/// </summary>
internal sealed class ReportImport(
    ITenantEventStore store, AggregateRepository<TestRunState> runs, TestReport report, NewTestRun run, AppendMetadata metadata)
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
        var found = await RecordedReport.FindAsync(store, report, cancellationToken);
        charge += found.RequestCharge;
        return found.IsComplete ? new ReportImportResult.Imported(id, found.Begun.Name, IsRepeat: true)
            : await ImportAloneAsync(found, cancellationToken) ?? await ImportAmongOthersAsync(cancellationToken);
    }

    /// <summary>
    /// Without the state of the run, which grows with every result: as long as nobody else writes to it, its counts are enough. What an earlier import
    /// did is passed over up to its last step, which its key recognises.
    /// </summary>
    /// <returns>Null where somebody else has a hand in the run, or a rule says no.</returns>
    private async Task<ReportImportResult?> ImportAloneAsync(RecordedReport found, CancellationToken cancellationToken)
    {
        if (found.Version > RecordedReport.FirstEvents && !found.IsOf(report))
        {
            return null;
        }

        var stream = new StreamId(AggregateType.Parse(TestRunAggregate.TypeName), id);
        var held = new Aggregate<TestRunState>(stream, TestRunState.Initial, StreamPosition.Start, RequestCharge: 0);
        var isReplay = false;
        if (found.Version > RecordedReport.FirstEvents)
        {
            held = held with { State = found.Begun, Position = new StreamPosition(Commit: 1, RecordedReport.FirstEvents) };
        }
        else if (!await StepAsync(step: 0, state => state.Create(run)))
        {
            return null;
        }

        var (imported, step) = (new ImportedResults(held.State), 0);
        await foreach (var results in TestRunImport.ReadStepsAsync(report, cancellationToken))
        {
            step++;
            if (held.Position.Version + results.Count < found.Version)
            {
                held = held with { Position = new StreamPosition(held.Position.Commit + 1, held.Position.Version + results.Count) };
            }
            else if (!await StepAsync(step, state => state.Record(results)))
            {
                return null;
            }

            imported.Add(results);
            held = held with { State = imported.Run };
        }

        return await StepAsync(step + 1, _ => imported.Complete(incomplete: report.IsAborted))
            ? new ReportImportResult.Imported(id, held.State.Name, isReplay)
            : null;

        async Task<bool> StepAsync(int step, Func<TestRunState, Decision> decide)
        {
            var result = await ExecuteAsync(step, decide, held, cancellationToken);
            if (result is not CommandResult<TestRunState>.Appended done || done.Receipt.Position.Version != held.Position.Version + done.Receipt.Events.Count)
            {
                return false;
            }

            (held, isReplay) = (done.Aggregate, done.IsReplay);
            return true;
        }
    }

    /// <summary>With the whole state of the run, which shows what others did to it.</summary>
    private async Task<ReportImportResult> ImportAmongOthersAsync(CancellationToken cancellationToken)
    {
        var result = await ExecuteAsync(step: 0, state => state.Create(run), held: null, cancellationToken);
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
                result = await ExecuteAsync(step, state => state.Record(results), held: null, cancellationToken);
            }
        }

        if (result is CommandResult<TestRunState>.Appended)
        {
            result = await ExecuteAsync(step + 1, state => state.Complete(incomplete: report.IsAborted), held: null, cancellationToken);
        }

        return result is CommandResult<TestRunState>.Appended completed
            ? new ReportImportResult.Imported(id, completed.Aggregate.State.Name, completed.IsReplay)
            : Refused(result);
    }

    private static ReportImportResult Refused(CommandResult<TestRunState> result) => result switch
    {
        CommandResult<TestRunState>.Rejected rejected => new ReportImportResult.Rejected(rejected.Rejection),
        CommandResult<TestRunState>.KeyReused reused => new ReportImportResult.KeyReused(reused.CommitId),
        _ => throw new InvalidOperationException($"A step of an import cannot end in {result.GetType().Name}."),
    };

    private async Task<CommandResult<TestRunState>> ExecuteAsync(
        int step, Func<TestRunState, Decision> decide, Aggregate<TestRunState>? held, CancellationToken cancellationToken)
    {
        var key = TestRunImport.KeyOf(report, step);
        var result = await runs.ExecuteAsync(
            new AggregateCommand<TestRunState>
            {
                Id = id,
                Decide = decide,
                Held = held,
                Expected = held is null ? ExpectedPosition.Any : ExpectedPosition.At(held.Position),
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

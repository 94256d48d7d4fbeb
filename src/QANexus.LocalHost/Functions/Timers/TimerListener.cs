using System.Text.Json;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using QANexus.LocalHost.Functions.Retrying;

namespace QANexus.LocalHost.Functions.Timers;

/// <summary>
/// Calls a function when its schedule says so, one call after the other. Occurrences that pass during a call, or while no host runs, are made up
/// for by one call, as in the Functions host.
/// </summary>
internal sealed class TimerListener(TimerFunction function, TimerRecords records, RetriedCall call, TimeProvider time, ILogger logger) : IFunctionListener
{
    /// <summary>The longest wait in one piece: a clock that is set, or a machine that sleeps, is noticed by then.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private readonly string id = TimerRecords.IdOf(function);

    public BackgroundFunction Function => function;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task RunAsync(CancellationToken stopping)
    {
        var record = await FirstRecordAsync(stopping);
        var isPastDue = Now > record.Next;
        if (isPastDue || function.RunsOnStartup)
            record = await CallAsync(record, isScheduled: false, isPastDue, stopping);
        while (await IsDueAsync(record.Next, stopping))
            record = await CallAsync(record, isScheduled: true, isPastDue: false, stopping);
    }

    /// <summary>What is on record, unless the schedule has changed since: then it counts from now.</summary>
    private async Task<TimerRecord> FirstRecordAsync(CancellationToken stopping)
    {
        var now = Now;
        var recorded = function.IsRecorded ? await ReadAsync(stopping) : null;
        if (recorded is not null && recorded.Next == function.Schedule.NextAfter(recorded.LastUpdated))
            return recorded;
        var first = new TimerRecord(id, default, function.Schedule.NextAfter(now), now);
        await WriteAsync(first, stopping);
        return first;
    }

    private async Task<bool> IsDueAsync(DateTime next, CancellationToken stopping)
    {
        for (var wait = next - Now; wait > TimeSpan.Zero && !stopping.IsCancellationRequested; wait = next - Now)
            await Task.Delay(wait < MaxWait ? wait : MaxWait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stopping.IsCancellationRequested;
    }

    private async Task<TimerRecord> CallAsync(TimerRecord record, bool isScheduled, bool isPastDue, CancellationToken stopping)
    {
        var started = Now;
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = function.IsRecorded
                ? new ScheduleStatus { Last = record.Last, Next = record.Next, LastUpdated = record.LastUpdated }
                : null,
        };
        var failure = await call.TryAsync(info, stopping);
        if (failure is not null && !stopping.IsCancellationRequested)
            logger.TurnFailed(function.Name, failure);

        // A call that stopping cut short has had its turn, as in the Functions host; its record is kept even so.
        var turn = isScheduled && record.Next > started ? record.Next : started;
        var next = new TimerRecord(id, turn, function.Schedule.NextAfter(turn), turn);
        await WriteAsync(next, CancellationToken.None);
        return next;
    }

    private async Task<TimerRecord?> ReadAsync(CancellationToken stopping)
    {
        try
        {
            return await records.ReadAsync(id, stopping);
        }
        catch (Exception failure) when (failure is CosmosException or HttpRequestException or JsonException)
        {
            logger.TurnNotRecorded(function.Name, failure);
            return null;
        }
    }

    private async Task WriteAsync(TimerRecord record, CancellationToken cancellationToken)
    {
        if (!function.IsRecorded)
            return;
        try
        {
            await records.WriteAsync(record, cancellationToken);
        }
        catch (Exception failure) when (failure is CosmosException or HttpRequestException)
        {
            logger.TurnNotRecorded(function.Name, failure);
        }
    }
}

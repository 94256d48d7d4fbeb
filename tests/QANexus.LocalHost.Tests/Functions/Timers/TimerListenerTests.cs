using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalHost.Functions;

namespace QANexus.LocalHost.Tests.Functions.Timers;

public sealed class TimerListenerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 10, 0, 30, TimeSpan.Zero);

    [Fact]
    public async Task A_timer_is_called_at_each_occurrence_and_told_the_last_and_the_next_one()
    {
        await using var clock = await Clock.OpenAsync(typeof(EveryMinute));

        Assert.Equal(TimeSpan.FromSeconds(30), await clock.Time.StepAsync());
        var first = await clock.NextTurnAsync();
        Assert.Equal(TimeSpan.FromMinutes(1), await clock.Time.StepAsync());
        var second = await clock.NextTurnAsync();

        Assert.Equal((At(10, 1), default, At(10, 1), false), (first.At, first.Status!.Last, first.Status.Next, first.IsPastDue));
        Assert.Equal((At(10, 2), At(10, 1), At(10, 2), false), (second.At, second.Status!.Last, second.Status.Next, second.IsPastDue));
    }

    [Fact]
    public async Task Occurrences_missed_during_a_call_are_made_up_for_by_one_and_calls_never_overlap()
    {
        await using var clock = await Clock.OpenAsync(typeof(EveryMinute));
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        clock.Turns.Behaviour = _ => gate.Task;
        await clock.Time.StepAsync();
        await clock.NextTurnAsync();

        clock.Time.Advance(TimeSpan.FromSeconds(200));
        Assert.False(clock.HasTurn);
        clock.Turns.Behaviour = static _ => Task.CompletedTask;
        gate.SetResult();

        Assert.Equal(At(10, 4).AddSeconds(20), (await clock.NextTurnAsync()).At);
        Assert.Equal(TimeSpan.FromSeconds(40), await clock.Time.StepAsync());
        Assert.Equal(At(10, 5), (await clock.NextTurnAsync()).At);
    }

    [Fact]
    public async Task A_timer_that_failed_is_called_again_when_it_is_due()
    {
        await using var clock = await Clock.OpenAsync(typeof(EveryMinute));
        clock.Turns.Behaviour = static _ => Task.FromException(new InvalidOperationException("as the test wants it"));
        await clock.Time.StepAsync();
        await clock.NextTurnAsync();

        Assert.Equal(TimeSpan.FromMinutes(1), await clock.Time.StepAsync());

        Assert.Equal(At(10, 2), (await clock.NextTurnAsync()).At);
        Assert.NotEqual(0, clock.Fixture.Log.CountOf(3103));
    }

    [Fact]
    public async Task A_timer_with_a_policy_is_called_again_before_it_is_due()
    {
        await using var clock = await Clock.OpenAsync(typeof(Retried));
        clock.Turns.Behaviour = turn => clock.Turns.Count == 1 ? Task.FromException(new InvalidOperationException("once")) : Task.CompletedTask;
        await clock.Time.StepAsync();
        await clock.NextTurnAsync();

        Assert.Equal(TimeSpan.FromSeconds(5), await clock.Time.StepAsync());

        Assert.Equal(At(10, 1).AddSeconds(5), (await clock.NextTurnAsync()).At);
        Assert.Equal(TimeSpan.FromSeconds(55), await clock.Time.StepAsync());
    }

    [Fact]
    public async Task A_timer_that_asks_for_it_runs_when_the_host_starts_and_on_its_schedule_then()
    {
        await using var clock = await Clock.OpenAsync(typeof(OnStartup));

        Assert.Equal((Start.UtcDateTime, null, false), await clock.NextTurnAsync());
        Assert.Equal(TimeSpan.FromSeconds(30), await clock.Time.StepAsync());
        Assert.Equal(At(10, 1), (await clock.NextTurnAsync()).At);
    }

    [Fact]
    public async Task An_occurrence_that_passed_while_no_host_ran_is_made_up_for_when_one_starts()
    {
        await using var clock = await Clock.OpenAsync(typeof(EveryMinute));
        await clock.Time.StepAsync();
        await clock.NextTurnAsync();
        await clock.Time.NextWaitAsync();

        await clock.RestartAsync(TimeSpan.FromMinutes(5));

        var turn = await clock.NextTurnAsync();
        Assert.Equal((At(10, 6), At(10, 1), At(10, 2), true), (turn.At, turn.Status!.Last, turn.Status.Next, turn.IsPastDue));
        Assert.Equal(TimeSpan.FromMinutes(1), await clock.Time.StepAsync());
        Assert.False((await clock.NextTurnAsync()).IsPastDue);
    }

    [Fact]
    public async Task A_restart_before_the_next_occurrence_is_none()
    {
        await using var clock = await Clock.OpenAsync(typeof(EveryMinute));
        await clock.Time.StepAsync();
        await clock.NextTurnAsync();
        await clock.Time.NextWaitAsync();

        await clock.RestartAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(40), await clock.Time.StepAsync());
        Assert.Equal(At(10, 1), (await clock.NextTurnAsync()).Status!.Last);
    }

    [Fact]
    public async Task A_record_that_cannot_be_kept_stops_no_timer()
    {
        await using var clock = await Clock.OpenAsync(typeof(EveryMinute), new FaultRule { Fault = new StatusFault(403) });

        await clock.Time.StepAsync();
        Assert.Equal(At(10, 1), (await clock.NextTurnAsync()).At);
        await clock.Time.StepAsync();
        Assert.Equal(At(10, 2), (await clock.NextTurnAsync()).At);

        Assert.NotEqual(0, clock.Fixture.Log.CountOf(3110));
    }

    private static DateTime At(int hour, int minute) => new(2026, 11, 25, hour, minute, 0, DateTimeKind.Utc);

    /// <summary>Calls of a timer as they come in.</summary>
    public sealed class Turns(TimeProvider time)
    {
        private readonly Channel<(DateTime At, ScheduleStatus? Status, bool IsPastDue)> turns =
            Channel.CreateUnbounded<(DateTime, ScheduleStatus?, bool)>();

        public Func<TimerInfo, Task> Behaviour { get; set; } = static _ => Task.CompletedTask;

        public int Count { get; private set; }

        public ChannelReader<(DateTime At, ScheduleStatus? Status, bool IsPastDue)> Reader => turns.Reader;

        public Task TakeAsync(TimerInfo timer)
        {
            Count++;
            turns.Writer.TryWrite((time.GetUtcNow().UtcDateTime, timer.ScheduleStatus, timer.IsPastDue));
            return Behaviour(timer);
        }
    }

    public sealed class EveryMinute(Turns turns)
    {
        [Function("every-minute")]
        public Task Tick([TimerTrigger("0 * * * * *")] TimerInfo timer) => turns.TakeAsync(timer);
    }

    public sealed class Retried(Turns turns)
    {
        [Function("every-minute"), FixedDelayRetry(1, "00:00:05")]
        public Task Tick([TimerTrigger("0 * * * * *")] TimerInfo timer) => turns.TakeAsync(timer);
    }

    public sealed class OnStartup(Turns turns)
    {
        [Function("every-minute")]
        public Task Tick([TimerTrigger("0 * * * * *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer) => turns.TakeAsync(timer);
    }

    /// <summary>A host with one timer, and its clock.</summary>
    private sealed class Clock(TriggerFixture fixture, Type function) : IAsyncDisposable
    {
        private TriggerHost? host;

        public TriggerFixture Fixture => fixture;

        public SteppedTime Time { get; private set; } = new(Start);

        public Turns Turns { get; private set; } = new(TimeProvider.System);

        public bool HasTurn => Turns.Reader.TryPeek(out _);

        public static async Task<Clock> OpenAsync(Type function, FaultRule? fault = null)
        {
            var clock = new Clock(await TriggerFixture.OpenAsync(), function);
            if (fault is not null)
            {
                clock.Fixture.Account.Faults.Add(fault);
            }

            clock.StartHost();
            return clock;
        }

        public async Task<(DateTime At, ScheduleStatus? Status, bool IsPastDue)> NextTurnAsync()
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            return await Turns.Reader.ReadAsync(deadline.Token);
        }

        public async Task RestartAsync(TimeSpan after)
        {
            await Fixture.StopAsync(host!);
            Time = new SteppedTime(Time.GetUtcNow() + after);
            StartHost();
        }

        public ValueTask DisposeAsync() => Fixture.DisposeAsync();

        private void StartHost()
        {
            Turns = new Turns(Time);
            fixture.Services = services => services.AddSingleton(Turns);
            host = Fixture.Start(Time, function);
        }
    }
}

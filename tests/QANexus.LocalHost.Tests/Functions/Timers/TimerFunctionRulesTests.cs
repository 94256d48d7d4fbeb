using Microsoft.Azure.Functions.Worker;
using QANexus.LocalHost.Functions;

namespace QANexus.LocalHost.Tests.Functions.Timers;

public sealed class TimerFunctionRulesTests
{
    [Fact]
    public void A_timer_is_found_with_its_schedule_and_keeps_a_record_unless_it_is_due_many_times_a_minute()
    {
        var timers = FunctionDiscovery.FindIn([typeof(Clocks)]).Timers;

        Assert.Equal(["a-five-minutes", "b-ten-seconds", "c-unrecorded", "d-five-fields"], timers.Select(static timer => timer.Name));
        Assert.Equal([true, false, false, true], timers.Select(static timer => timer.IsRecorded));
        Assert.Equal([false, false, true, false], timers.Select(static timer => timer.RunsOnStartup));
        var time = new DateTime(2026, 11, 25, 10, 3, 7, DateTimeKind.Utc);
        Assert.Equal(
            ["10:05:00", "10:03:10", "11:00:00", "10:30:00"],
            timers.Select(timer => timer.Schedule.NextAfter(time).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(typeof(OnText), "The trigger of function 'tick' must be on a TimerInfo, not on a String.")]
    [InlineData(typeof(Interval), "'00:05:00' is no schedule for function 'tick'")]
    [InlineData(typeof(OfASetting), "'%schedule%' is no schedule for function 'tick'")]
    [InlineData(typeof(SixtySeconds), "'60 * * * * *' is no schedule for function 'tick'")]
    [InlineData(typeof(Unawaited), "Function 'tick' must return a Task")]
    public void What_the_two_hosts_would_not_run_alike_is_an_error_that_names_it(Type type, string part)
    {
        var error = Assert.Throws<FunctionDefinitionException>(() => FunctionDiscovery.FindIn([type]));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    public sealed class Clocks
    {
        [Function("a-five-minutes")]
        public Task FiveMinutes([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => Task.FromResult(timer);

        [Function("b-ten-seconds")]
        public Task TenSeconds([TimerTrigger("*/10 * * * * *")] TimerInfo timer) => Task.FromResult(timer);

        [Function("c-unrecorded")]
        public Task Unrecorded([TimerTrigger("0 0 * * * *", UseMonitor = false, RunOnStartup = true)] TimerInfo timer) => Task.FromResult(timer);

        [Function("d-five-fields")]
        public Task FiveFields([TimerTrigger("30 * * * *")] TimerInfo timer) => Task.FromResult(timer);
    }

    public sealed class OnText
    {
        [Function("tick")]
        public Task Tick([TimerTrigger("0 */5 * * * *")] string timer) => Task.FromResult(timer);
    }

    public sealed class Interval
    {
        [Function("tick")]
        public Task Tick([TimerTrigger("00:05:00")] TimerInfo timer) => Task.FromResult(timer);
    }

    public sealed class OfASetting
    {
        [Function("tick")]
        public Task Tick([TimerTrigger("%schedule%")] TimerInfo timer) => Task.FromResult(timer);
    }

    public sealed class SixtySeconds
    {
        [Function("tick")]
        public Task Tick([TimerTrigger("60 * * * * *")] TimerInfo timer) => Task.FromResult(timer);
    }

    public sealed class Unawaited
    {
        [Function("tick")]
        public void Tick([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => ArgumentNullException.ThrowIfNull(timer);
    }
}

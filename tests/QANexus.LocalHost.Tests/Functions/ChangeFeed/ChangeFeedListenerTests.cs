using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalHost.Functions;

namespace QANexus.LocalHost.Tests.Functions.ChangeFeed;

public sealed class ChangeFeedListenerTests
{
    private static readonly InvalidOperationException Failure = new("as the test wants it");
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Without_a_retry_attribute_a_failing_call_loses_its_batch_and_a_restart_does_not_bring_it_back()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        fixture.Probe.Behaviour = static (call, _) => call.Ids.Contains("1") ? Task.FromException(Failure) : Task.CompletedTask;
        await fixture.WriteAsync("1");
        await fixture.WriteAsync("2");
        var host = fixture.Start(typeof(Followers.Unprotected));
        await UntilReachedAsync(fixture, Followers.Unprotected.Name, "2");
        await fixture.StopAsync(host);

        fixture.Probe.Behaviour = static (_, _) => Task.CompletedTask;
        fixture.Start(typeof(Followers.Unprotected));
        await fixture.WriteAsync("3");
        await UntilReachedAsync(fixture, Followers.Unprotected.Name, "3");

        Assert.Equal(["1", "2", "3"], fixture.Probe.IdsOf(Followers.Unprotected.Name));
        Assert.Equal(1, fixture.Log.CountOf(3102));
    }

    [Fact]
    public async Task With_unlimited_retries_a_failing_call_is_repeated_with_growing_delays_and_loses_nothing()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        var time = new SteppedTime(Start);
        fixture.Probe.Behaviour = (call, _) =>
            call.Ids.Contains("1") && fixture.Probe.Calls.Count <= 6 ? Task.FromException(Failure) : Task.CompletedTask;
        await fixture.WriteAsync("1");
        await fixture.WriteAsync("2");
        fixture.Start(time, typeof(Followers.Persistent));

        var delays = new List<double>();
        for (var retry = 1; retry <= 6; retry++)
        {
            delays.Add((await time.StepAsync()).TotalSeconds);
        }

        await UntilReachedAsync(fixture, Followers.Persistent.Name, "2");
        Assert.Equal(["1", "1", "1", "1", "1", "1", "1", "2"], fixture.Probe.IdsOf(Followers.Persistent.Name));
        Assert.Equal(1, delays[0]);
        Assert.InRange(delays[1], 1.8, 2.2);
        Assert.InRange(delays[2], 2.6, 3.4);
        Assert.InRange(delays[3], 4.2, 5.8);
        Assert.InRange(delays[4], 7.4, 10);
        Assert.Equal(10, delays[5]);
        Assert.Equal((1, 0), (fixture.Log.CountOf(3101), fixture.Log.CountOf(3102)));
    }

    [Fact]
    public async Task A_finite_policy_skips_the_batch_after_its_last_attempt()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        var time = new SteppedTime(Start);
        fixture.Probe.Behaviour = static (call, _) => call.Ids.Contains("1") ? Task.FromException(Failure) : Task.CompletedTask;
        await fixture.WriteAsync("1");
        await fixture.WriteAsync("2");
        fixture.Start(time, typeof(Followers.Patient));

        Assert.Equal(TimeSpan.FromSeconds(5), await time.StepAsync());
        Assert.Equal(TimeSpan.FromSeconds(5), await time.StepAsync());

        await UntilReachedAsync(fixture, Followers.Patient.Name, "2");
        Assert.Equal(["1", "1", "1", "2"], fixture.Probe.IdsOf(Followers.Patient.Name));
        Assert.Equal(1, fixture.Log.CountOf(3102));
    }

    [Fact]
    public async Task Stopping_cancels_the_call_and_its_batch_comes_again_though_the_call_succeeded()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Probe.Behaviour = async (call, cancellationToken) =>
        {
            if (call.Ids.Contains("2"))
            {
                entered.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        };
        await fixture.WriteAsync("1");
        await fixture.WriteAsync("2");
        var host = fixture.Start(typeof(Followers.Unprotected));
        await entered.Task;

        await fixture.StopAsync(host);

        var lease = Assert.Single(await fixture.LeasesOfAsync(Followers.Unprotected.Name));
        Assert.Null(lease.Owner);
        Assert.Empty(fixture.Log.MessagesFrom(LogLevel.Warning));
        fixture.Probe.Behaviour = static (_, _) => Task.CompletedTask;
        fixture.Start(typeof(Followers.Unprotected));
        await UntilReachedAsync(fixture, Followers.Unprotected.Name, "2", times: 2);
        Assert.Equal(["1", "2", "2"], fixture.Probe.IdsOf(Followers.Unprotected.Name));
    }

    [Fact]
    public async Task A_call_that_does_not_end_is_left_behind_when_its_time_is_up()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        var time = new SteppedTime(Start);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Probe.Behaviour = (_, _) =>
        {
            entered.SetResult();
            return gate.Task;
        };
        await fixture.WriteAsync("1");
        var host = fixture.Start(time, typeof(Followers.Unprotected));
        await entered.Task;

        var stopped = fixture.StopAsync(host);
        Assert.Equal(TriggerHost.StopTime, await time.StepAsync());
        await stopped;

        Assert.Equal(1, fixture.Log.CountOf(3111));
        gate.SetResult();
    }

    [Fact]
    public async Task Stopping_ends_the_wait_for_a_retry_and_the_count_begins_anew()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        var time = new SteppedTime(Start);
        fixture.Probe.Behaviour = static (_, _) => Task.FromException(Failure);
        await fixture.WriteAsync("1");
        var host = fixture.Start(time, typeof(Followers.Patient));
        await time.StepAsync();
        await time.NextWaitAsync();

        await fixture.StopAsync(host);
        var again = new SteppedTime(Start);
        fixture.Start(again, typeof(Followers.Patient));
        await again.StepAsync();
        await again.StepAsync();

        await Probe.UntilAsync(() => fixture.Log.CountOf(3102) == 1);
        Assert.Equal(["1", "1", "1", "1", "1"], fixture.Probe.IdsOf(Followers.Patient.Name));
    }

    /// <summary>The leases expire after a minute, which is longer than a test is patient.</summary>
    [Fact]
    public async Task A_host_of_the_same_name_goes_on_at_once_where_a_crash_has_stopped_it()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        fixture.Probe.Behaviour = static (call, _) => call.Ids.Contains("2") ? Task.FromException(Failure) : Task.CompletedTask;
        await fixture.WriteAsync("1");
        await fixture.WriteAsync("2");
        var crashing = fixture.Start(new SteppedTime(Start), typeof(Followers.Persistent));
        await UntilReachedAsync(fixture, Followers.Persistent.Name, "2");
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(403), Container = ContainerNames.Leases }))
        {
            await fixture.StopAsync(crashing);
        }

        Assert.Equal(TriggerFixture.HostName, Assert.Single(await fixture.LeasesOfAsync(Followers.Persistent.Name)).Owner);
        fixture.Probe.Behaviour = static (_, _) => Task.CompletedTask;
        fixture.Start(typeof(Followers.Persistent));

        await UntilReachedAsync(fixture, Followers.Persistent.Name, "2", times: 2);
        Assert.Equal(["1", "2", "2"], fixture.Probe.IdsOf(Followers.Persistent.Name));
    }

    [Fact]
    public async Task Each_prefix_gets_every_change_and_neither_waits_for_the_other()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        fixture.Probe.Behaviour = static (call, _) =>
            call.Function == Followers.Persistent.Name ? Task.FromException(Failure) : Task.CompletedTask;
        await fixture.WriteAsync("1");
        fixture.Start(new SteppedTime(Start), typeof(Followers.Unprotected), typeof(Followers.Persistent));

        await fixture.WriteAsync("2");
        await UntilReachedAsync(fixture, Followers.Unprotected.Name, "2");
        await UntilReachedAsync(fixture, Followers.Persistent.Name, "1");

        Assert.Equal(["1", "2"], fixture.Probe.IdsOf(Followers.Unprotected.Name));
        Assert.Equal(["1"], fixture.Probe.IdsOf(Followers.Persistent.Name).Distinct());
    }

    [Fact]
    public async Task A_trigger_that_does_not_ask_for_the_beginning_starts_at_the_time_of_its_start()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        var now = fixture.Account.Clock.GetUtcNow();
        fixture.Account.Clock.Set(now - TimeSpan.FromSeconds(10));
        await fixture.WriteAsync("1");
        fixture.Account.Clock.Set(now + TimeSpan.FromMinutes(1));
        await fixture.WriteAsync("2");

        fixture.Start(typeof(Followers.FromNow));

        await UntilReachedAsync(fixture, Followers.FromNow.Name, "2");
        Assert.Equal(["2"], fixture.Probe.IdsOf(Followers.FromNow.Name));
    }

    [Fact]
    public async Task Each_call_has_an_instance_and_a_scope_of_its_own()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        await fixture.WriteAsync("1");
        await fixture.WriteAsync("2");
        var host = fixture.Start(typeof(Followers.WithScope));
        await UntilReachedAsync(fixture, Followers.WithScope.Name, "2");
        await fixture.StopAsync(host);

        Assert.Equal([(1, true), (1, true)], fixture.Probe.Scopes.Select(static seen => (seen.Calls, seen.IsOne)));
        Assert.NotSame(fixture.Probe.Scopes[0].Scoped, fixture.Probe.Scopes[1].Scoped);
        Assert.All(fixture.Probe.Scopes, static seen => Assert.True(((TriggerFixture.Scoped)seen.Scoped).IsDisposed));
    }

    [Fact]
    public async Task A_split_in_the_middle_loses_nothing()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Probe.Behaviour = (call, _) => call.Ids.Contains("20") ? gate.Task : Task.CompletedTask;
        for (var i = 1; i <= 40; i++)
        {
            await fixture.WriteAsync(i.ToString(CultureInfo.InvariantCulture), stream: $"s{i}");
        }

        fixture.Start(typeof(Followers.Unprotected));
        await UntilReachedAsync(fixture, Followers.Unprotected.Name, "20");
        await fixture.Account.SplitAsync(TriggerFixture.DatabaseName, Followers.Events, "0");
        gate.SetResult();

        await Probe.UntilAsync(() => fixture.Probe.IdsOf(Followers.Unprotected.Name).Distinct().Count() == 40);
        await Probe.UntilAsync(async () => (await fixture.LeasesOfAsync(Followers.Unprotected.Name)).Count == 2);
    }

    [Fact]
    public async Task A_lease_that_is_stolen_during_a_call_brings_the_batch_again_and_loses_nothing()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        var thefts = new ConcurrentBag<ActiveFault>();
        fixture.Probe.Behaviour = (call, _) =>
        {
            if (call.Ids.Contains("1") && thefts.IsEmpty)
            {
                thefts.Add(fixture.Account.Faults.Add(new FaultRule
                {
                    Fault = new LeaseTheftFault(), Requests = [RequestKind.Replace], Container = ContainerNames.Leases, Times = 1,
                }));
            }

            return Task.CompletedTask;
        };
        await fixture.WriteAsync("1");
        fixture.Start(typeof(Followers.Sharing));

        await UntilReachedAsync(fixture, Followers.Sharing.Name, "1", times: 2);
        await fixture.WriteAsync("2");
        await UntilReachedAsync(fixture, Followers.Sharing.Name, "2");

        Assert.Equal(1, Assert.Single(thefts).Hits);
        Assert.Equal(TriggerFixture.HostName, Assert.Single(await fixture.LeasesOfAsync(Followers.Sharing.Name)).Owner);
    }

    [Fact]
    public async Task A_feed_that_does_not_start_is_tried_again_and_told_of_once()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        await fixture.WriteAsync("1");
        using var fault = fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(403), Container = ContainerNames.Leases, Times = 3 });
        fixture.Start(typeof(Followers.Unprotected));

        await UntilReachedAsync(fixture, Followers.Unprotected.Name, "1");

        Assert.Equal(3, fault.Hits);
        Assert.Equal(1, fixture.Log.CountOf(3104));
    }

    [Fact]
    public async Task A_listener_that_fails_begins_again()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        await fixture.WriteAsync("1");
        using var fault = fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(403), Container = ContainerNames.Leases, Times = 1 });
        fixture.Log.Unwritable = 3104;
        fixture.Start(typeof(Followers.Unprotected));

        await UntilReachedAsync(fixture, Followers.Unprotected.Name, "1");

        Assert.Equal((1, 0, 1), (fault.Hits, fixture.Log.CountOf(3104), fixture.Log.CountOf(3112)));
    }

    [Fact]
    public async Task Two_hosts_share_the_leases_and_one_takes_them_all_when_the_other_stops()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        await fixture.Account.SplitAsync(TriggerFixture.DatabaseName, Followers.Events, "0");
        var first = fixture.Start("first", TimeProvider.System, typeof(Followers.Sharing));
        await Probe.UntilAsync(async () => await OwnersAsync(fixture) is ["first", "first"]);

        fixture.Start("second", TimeProvider.System, typeof(Followers.Sharing));
        await Probe.UntilAsync(async () => await OwnersAsync(fixture) is ["first", "second"]);
        await fixture.StopAsync(first);
        await Probe.UntilAsync(async () => await OwnersAsync(fixture) is ["second", "second"]);

        for (var i = 1; i <= 10; i++)
        {
            await fixture.WriteAsync(i.ToString(CultureInfo.InvariantCulture), stream: $"s{i}");
        }

        await Probe.UntilAsync(() => fixture.Probe.IdsOf(Followers.Sharing.Name).Distinct().Count() == 10);
    }

    private static async Task<List<string?>> OwnersAsync(TriggerFixture fixture) =>
        [.. (await fixture.LeasesOfAsync(Followers.Sharing.Name)).Select(static lease => lease.Owner).Order(StringComparer.Ordinal)];

    private static Task UntilReachedAsync(TriggerFixture fixture, string function, string id, int times = 1) =>
        Probe.UntilAsync(() => fixture.Probe.IdsOf(function).Count(known => known == id) >= times);
}

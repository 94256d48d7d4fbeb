using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>Deliveries take so much memory, so many streams at once, so many attempts and no more, whatever they are handed.</summary>
public sealed class DeliveryBoundsTests
{
    private readonly ScriptedSubscriber subscriber = new("bounded");

    [Theory]
    [InlineData(250, 1)]
    [InlineData(1, 250)]
    [InlineData(50, 5)]
    public async Task However_large_a_batch_is_no_more_commits_are_read_ahead_than_the_options_say(int streams, int commits)
    {
        await using var fixture = await StartAsync(static options => options.CommitsPerRound = 50);
        for (var commit = 0; commit < commits; commit++)
        {
            for (var stream = 0; stream < streams; stream++)
            {
                await fixture.AppendAsync($"Requirement:r{stream}", events: 1);
            }
        }

        var batch = Assert.Single(await fixture.ReadFeedAsync(pageSize: 1_000));
        var readsBefore = new ConcurrentBag<int>();
        subscriber.OnEvent = _ =>
        {
            readsBefore.Add(fixture.Process.Requests.Lines.Count(static line => line.Contains("/colls/events/", StringComparison.Ordinal)));
            return Task.CompletedTask;
        };

        await fixture.DeliverAsync(batch);

        Assert.Equal(250, subscriber.Handled.Count);
        Assert.Equal([50, 50, 50, 50, 50], readsBefore.GroupBy(static reads => reads).Select(static read => read.Count()));
    }

    [Fact]
    public async Task So_many_streams_are_delivered_at_once_as_the_options_say_and_no_more()
    {
        const int Bound = 3;
        await using var fixture = await StartAsync(static options => options.MaxParallelism = Bound);
        for (var stream = 0; stream < 6 * Bound; stream++)
        {
            await fixture.AppendAsync($"Requirement:r{stream}", events: 1);
        }

        using var gate = new SemaphoreSlim(0);
        var seen = new ConcurrentBag<int>();
        var (running, waiting) = (0, 0);
        subscriber.OnEvent = async _ =>
        {
            seen.Add(Interlocked.Increment(ref running));
            if (Interlocked.Increment(ref waiting) % Bound == 0)
            {
                // As many are here as there may be. Were there room for another one, it would come now.
                for (var turn = 0; turn < 1_000; turn++)
                {
                    await Task.Yield();
                }

                gate.Release(Bound - 1);
            }
            else
            {
                // Alone nobody would ever be let out.
                Assert.True(await gate.WaitAsync(TimeSpan.FromSeconds(20)));
            }

            Interlocked.Decrement(ref running);
        };

        await fixture.DeliverAllAsync();

        Assert.Equal(6 * Bound, subscriber.Handled.Count);
        Assert.Equal(Bound, seen.Max());
    }

    [Fact]
    public async Task Between_attempts_there_are_pauses_that_double_up_to_the_longest_and_then_no_more()
    {
        var time = new PauseRecorder();
        await using var fixture = await StartAsync(
            static options =>
            {
                options.MaxAttempts = 7;
                (options.FirstBackoff, options.MaxBackoff) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
            },
            time);
        subscriber.OnEvent = static _ => throw new InvalidOperationException("no");
        await fixture.AppendAsync("Requirement:r1", events: 1);

        await fixture.DeliverAllAsync();

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], subscriber.Calls.Select(static delivery => delivery.Attempt));
        Assert.Equal(7, Assert.Single(await fixture.ParkedAsync()).Attempts);
        var longest = new double[] { 1, 2, 4, 8, 10, 10 };
        Assert.Equal(longest.Length, time.Pauses.Count);
        Assert.All(longest.Zip(time.Pauses), static pair => Assert.InRange(pair.Second.TotalSeconds, pair.First / 2, pair.First));
    }

    [Fact]
    public void The_defaults_are_those_that_the_documentation_states_and_nonsense_is_refused()
    {
        var options = new SubscriptionOptions();

        Assert.Equal((5, 8, 100, 20, 100_000), (
            options.MaxAttempts, options.MaxParallelism, options.CommitsPerRound, options.MaxConflicts, options.RememberedStreams));
        Assert.Equal(
            [0.1, 2, 30, 300, 40, 5, 60],
            new[]
            {
                options.FirstBackoff, options.MaxBackoff, options.HandlerTimeout, options.ReconcileDelay, options.TimePerRun, options.VersionTrust,
                options.OldVersionGrace,
            }.Select(static time => time.TotalSeconds));
        using var services = new ServiceCollection().AddSubscriptions(static refused => refused.MaxAttempts = 0).Services.BuildServiceProvider();
        var failure = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(
            () => services.GetRequiredService<Microsoft.Extensions.Options.IOptions<SubscriptionOptions>>().Value);
        Assert.Contains("The field MaxAttempts must be between 1 and 100.", failure.Message, StringComparison.Ordinal);
    }

    private Task<DeliveryFixture> StartAsync(Action<SubscriptionOptions> options, TimeProvider? time = null) => DeliveryFixture.StartAsync(services =>
    {
        services.AddSingleton<IEventSubscriber>(subscriber).PostConfigure(options);
        if (time is not null)
        {
            services.AddSingleton(time);
        }
    });

    /// <summary>Lets pauses end at once, and leaves the time-outs of handlers alone.</summary>
    private sealed class PauseRecorder : TimeProvider
    {
        private static readonly TimeSpan HandlerTimeout = new SubscriptionOptions().HandlerTimeout;

        private readonly ConcurrentQueue<TimeSpan> pauses = new();

        public IReadOnlyCollection<TimeSpan> Pauses => pauses;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime <= TimeSpan.Zero || dueTime >= HandlerTimeout)
            {
                return base.CreateTimer(callback, state, dueTime, period);
            }

            pauses.Enqueue(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}

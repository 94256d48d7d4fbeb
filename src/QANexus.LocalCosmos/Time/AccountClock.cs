namespace QANexus.LocalCosmos.Time;

/// <summary>
/// The account's clock: of <c>_ts</c>, time to live, throughput and delays. It goes with the clock that the account was given until it is
/// stopped, set or advanced. Waits on it end when it has come to their end, however it got there; setting it back makes them longer.
/// </summary>
public sealed class AccountClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _source;
    private readonly HashSet<ClockTimer> _timers = [];
    private TimeSpan _offset;
    private DateTimeOffset? _stoppedAt;

    internal AccountClock(TimeProvider source, DateTimeOffset? stoppedAt) => (_source, _stoppedAt) = (source, stoppedAt);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Whether it stands still.</summary>
    public bool IsStopped
    {
        get
        {
            lock (_gate)
                return _stoppedAt is not null;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return Now();
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Lets it stand where it is.</summary>
    public void Stop() => Change(() => _stoppedAt = Now());

    /// <summary>Lets it go on from where it stands.</summary>
    public void Start() => Change(() =>
    {
        _offset = Now() - _source.GetUtcNow();
        _stoppedAt = null;
    });

    /// <summary>Puts it to a time, from which it goes on unless it is stopped.</summary>
    public void Set(DateTimeOffset time) => Change(() => MoveTo(time.ToUniversalTime()));

    /// <summary>Puts it forward.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative time; <see cref="Set"/> puts it back. Or one beyond the calendar.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Change(() => MoveTo(Now() + by));
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ClockTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private DateTimeOffset Now() => _stoppedAt ?? _source.GetUtcNow() + _offset;

    private void MoveTo(DateTimeOffset time)
    {
        if (_stoppedAt is not null)
            _stoppedAt = time;
        else
            _offset = time - _source.GetUtcNow();
    }

    private void Change(Action change)
    {
        ClockTimer[] timers;
        lock (_gate)
        {
            change();
            timers = [.. _timers];
        }

        foreach (var timer in timers)
            timer.Check();
    }

    /// <summary>A wait on the clock: a wait on the source for as long as is left, looked at again whenever the clock was changed.</summary>
    private sealed class ClockTimer : ITimer
    {
        // What timers take at most is some 49 days; a longer wait is made of several.
        private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

        private readonly AccountClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private ITimer? _wake;
        private DateTimeOffset? _dueAt;
        private TimeSpan _period;

        public ClockTimer(AccountClock clock, TimerCallback callback, object? state) => (_clock, _callback, _state) = (clock, callback, state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._gate)
            {
                _dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.Now() + dueTime;
                _period = period;
                _clock._timers.Add(this);
            }

            Check();
            return true;
        }

        /// <summary>Fires if it is time, and waits for what is left otherwise.</summary>
        public void Check()
        {
            bool isDue;
            lock (_clock._gate)
            {
                if (!_clock._timers.Contains(this))
                    return;
                var now = _clock.Now();
                isDue = _dueAt <= now;
                if (isDue)
                    _dueAt = _period > TimeSpan.Zero ? now + _period : null;
                _wake?.Dispose();
                _wake = _dueAt is { } due && _clock._stoppedAt is null
                    ? _clock._source.CreateTimer(static timer => ((ClockTimer)timer!).Check(), this, Shorter(due - now), Timeout.InfiniteTimeSpan)
                    : null;
            }

            if (isDue)
                _callback(_state);
        }

        public void Dispose()
        {
            lock (_clock._gate)
            {
                _clock._timers.Remove(this);
                _wake?.Dispose();
                _wake = null;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        // Rounded up: a source that counts in milliseconds would wake it a little early, again and again.
        private static TimeSpan Shorter(TimeSpan left) => left > s_longest ? s_longest : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
    }
}

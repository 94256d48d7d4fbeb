using QANexus.LocalCosmos.Authorization;

namespace QANexus.LocalCosmos;

/// <summary>How an account is opened.</summary>
public sealed record LocalAccountOptions
{
    /// <summary>Folder that keeps the data, created where there is none; one process at a time. Exclusive with <see cref="InMemory"/>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>
    /// Whether opening reads the whole data directory and refuses it where anything in it is not as it was written; takes seconds for each gigabyte.
    /// Without it a changed document is found when it is read. Default false; without effect in memory.
    /// </summary>
    public bool CheckOnOpen { get; init; }

    /// <summary>Whether the data ends with the account. It says so: its id is then <c>local(in-memory)</c>, else <c>local</c>.</summary>
    public bool InMemory { get; init; }

    /// <summary>Master key in base64; the emulator's published key where none is given.</summary>
    public string AccountKey { get; init; } = WellKnownKey.Value;

    /// <summary>Clock that the account's own one (<see cref="LocalAccount.Clock"/>) goes with, of timestamps, time to live and delays.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Time at which the account's clock stands when it is opened, until it is moved or started; null for a clock that goes.</summary>
    public DateTimeOffset? ClockStoppedAt { get; init; }

    /// <summary>
    /// Whether containers that were created with throughput are throttled by it, on the account's clock: each physical partition has its share
    /// of every second, and a request that comes when it is used up gets 429/3200 with the time to wait and is not carried out. Otherwise throughput
    /// only says how many physical partitions a container has. Default false.
    /// </summary>
    public bool ThrottlesByThroughput { get; init; }

    /// <summary>
    /// Request units a second, at least 1, that <see cref="ThrottlesByThroughput"/> gives to each container that was created without throughput;
    /// null leaves those alone. Default null.
    /// </summary>
    public int? DefaultThroughput { get; init; }

    /// <summary>
    /// Whether the account says of itself that it takes writes in several regions, for tests of programs that must not run on such a one. It has a
    /// single region all the same. Default false.
    /// </summary>
    public bool ClaimsMultipleWriteRegions { get; init; }

    /// <summary>
    /// Whether the account answers its control API under <c>/_local</c>, unsigned, to programs on this machine: fault rules, splits and the clock.
    /// Default false.
    /// </summary>
    public bool HasControlApi { get; init; }
}

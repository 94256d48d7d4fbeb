using QANexus.LocalCosmos.Authorization;

namespace QANexus.LocalCosmos;

/// <summary>How an account is opened.</summary>
public sealed record LocalAccountOptions
{
    /// <summary>Folder that keeps the data, created where there is none; one process at a time. Exclusive with <see cref="InMemory"/>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>
    /// Whether opening reads the whole data directory and refuses it where its structure is damaged; takes seconds for each gigabyte. Without it
    /// damage is found when it is read. Neither finds a changed byte inside a document's text. Default false; without effect in memory.
    /// </summary>
    public bool CheckOnOpen { get; init; }

    /// <summary>Whether the data ends with the account.</summary>
    public bool InMemory { get; init; }

    /// <summary>Master key in base64; the emulator's published key where none is given.</summary>
    public string AccountKey { get; init; } = WellKnownKey.Value;

    /// <summary>Clock of timestamps, time to live and delays.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

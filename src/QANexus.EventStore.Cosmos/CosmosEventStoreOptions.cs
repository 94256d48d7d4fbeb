using System.ComponentModel.DataAnnotations;

namespace QANexus.EventStore.Cosmos;

/// <summary>Settings of the event store on Cosmos DB.</summary>
public sealed class CosmosEventStoreOptions
{
    /// <summary>The database that holds the containers. Default <c>qanexus</c>.</summary>
    [Required, RegularExpression("^[^/\\\\?#]{1,255}$")]
    public string DatabaseName { get; set; } = "qanexus";

    /// <summary>Streams whose last position is remembered, so that an append without a position needs no look-up. Default 10,000.</summary>
    [Range(0, 10_000_000)]
    public int TailCacheSize { get; set; } = 10_000;

    /// <summary>How often one write is sent until its outcome is known. Default 6.</summary>
    [Range(1, 20)]
    public int MaxSendAttempts { get; set; } = 6;

    /// <summary>How often an append that does not mind where the stream ends looks for its end again after other writers won. Default 32.</summary>
    [Range(1, 200)]
    public int MaxPositionAttempts { get; set; } = 32;

    /// <summary>The first pause before sending or resolving again; it doubles, with jitter, up to <see cref="MaxBackoff"/>. Default 20 ms.</summary>
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest pause. Default 1 s.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often a reader that waits for a tenant's next event looks for it: 1 RU each time. What the same process appends it sees at once. Default 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FeedPollInterval { get; set; } = TimeSpan.FromSeconds(1);
}

using System.Text.Json.Serialization;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Reservations;

/// <summary>Something of which there is one in a tenant.</summary>
public sealed record ReservationState
{
    public static ReservationState Initial { get; } = new();

    /// <summary>Nothing before the first event.</summary>
    public string? Id { get; init; }

    /// <summary>The aggregate that holds it, if one does.</summary>
    public string? Holder { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Who held it just before and had not given it back: the holder itself where it was made once more.</summary>
    public string? Superseded { get; init; }

    /// <summary>The version of the event that made it, which tells it from what the same holder had before or has after.</summary>
    public long Version { get; init; }

    [JsonIgnore]
    public bool IsFree => Holder is null;

    public bool IsHeldBy(AggregateId holder) => string.Equals(Holder, holder.Value, StringComparison.Ordinal);
}

using System.Text.Json.Serialization;

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

    [JsonIgnore]
    public bool IsFree => Holder is null;
}

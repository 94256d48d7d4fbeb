namespace QANexus.Domain.Reservations;

/// <summary>What right the holder of a reservation has to it.</summary>
public enum HolderRight
{
    /// <summary>It has done what the reservation protects.</summary>
    Held,

    /// <summary>It is about to, or crashed before it did.</summary>
    NotYet,

    /// <summary>It is past that, and only forgot to give the reservation back.</summary>
    Ended,
}

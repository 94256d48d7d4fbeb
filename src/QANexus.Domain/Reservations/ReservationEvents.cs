namespace QANexus.Domain.Reservations;

/// <summary>Somebody holds what only one may hold.</summary>
/// <param name="Superseded">Who held it before without a right to it any more; the holder itself where it is made once more.</param>
public sealed record ReservationMade(string Holder = "", string? Superseded = null);

/// <summary>Nobody holds it any more.</summary>
public sealed record ReservationReleased(string Holder = "");

namespace QANexus.Testing.RequestUnits;

/// <summary>What one operation cost by the published model that LocalCosmos charges: a model, not a bill.</summary>
/// <param name="Area">What kind of operation.</param>
/// <param name="Operation">Which.</param>
/// <param name="Charge">Its request units.</param>
/// <param name="Requests">Its requests.</param>
/// <param name="RoundTrips">Of these, those that waited for one another.</param>
/// <param name="BytesSent">Bytes of the requests' bodies.</param>
/// <param name="BytesReceived">Bytes of the answers' bodies.</param>
/// <param name="Budget">What it may cost.</param>
public sealed record RequestUnitRow(
    string Area, string Operation, double Charge, int Requests, int RoundTrips, long BytesSent, long BytesReceived, RequestUnitBudget Budget)
{
    /// <summary>It costs more than it may.</summary>
    public bool IsExceeded => Charge > Budget.Charge || RoundTrips > Budget.RoundTrips;

    /// <summary>The same for one of so many equal parts: an event, a stream. Requests are shared, not divided.</summary>
    public RequestUnitRow Per(int parts) =>
        this with { Charge = Charge / parts, BytesSent = BytesSent / parts, BytesReceived = BytesReceived / parts };
}

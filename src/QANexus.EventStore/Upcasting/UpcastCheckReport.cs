namespace QANexus.EventStore.Upcasting;

/// <summary>What came of a dry run.</summary>
/// <param name="Lines">By type and version.</param>
public sealed record UpcastCheckReport(IReadOnlyList<UpcastCheckLine> Lines)
{
    /// <summary>Events that this build could not read.</summary>
    public long Failed => Lines.Sum(static line => line.Failed);
}

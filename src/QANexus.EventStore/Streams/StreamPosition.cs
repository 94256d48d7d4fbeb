namespace QANexus.EventStore.Streams;

/// <summary>
/// A place in a stream where an append can happen: the end of a commit. Streams only grow, so a position that was true once is true for ever.
/// </summary>
/// <param name="Commit">Commits up to here; 0 before the first.</param>
/// <param name="Version">Events up to here; 0 before the first.</param>
public readonly record struct StreamPosition(long Commit, long Version)
{
    /// <summary>Before the first event.</summary>
    public static StreamPosition Start => default;

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Version}.{Commit}");
}

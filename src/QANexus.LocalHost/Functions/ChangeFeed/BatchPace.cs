namespace QANexus.LocalHost.Functions.ChangeFeed;

/// <summary>
/// How soon a function may be called again. The processor asks for the next changes the moment a call has ended, so under load it would get a few at a
/// time and pay a lease, a checkpoint and a write of every view for each few. A pause between calls lets them gather; whoever waits for the first change
/// after a while waits no longer, and a page that was full or large is followed at once.
/// </summary>
internal static class BatchPace
{
    /// <summary>From the beginning of one call to the beginning of the next, at least, while changes keep coming.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Documents of a page of the change feed where nobody asks for another number.</summary>
    private const int DefaultPage = 100;

    /// <summary>Characters of a batch that is worth a call of its own, however few documents they are.</summary>
    private const int LargeText = 256 * 1024;

    /// <summary>The pause after a call.</summary>
    /// <param name="documents">How many changes it was called with.</param>
    /// <param name="characters">How long the text of them was.</param>
    /// <param name="maxItems">How many the trigger asks for; 0 or less where it does not say.</param>
    /// <param name="took">How long it took.</param>
    public static TimeSpan PauseAfter(int documents, int characters, int maxItems, TimeSpan took) =>
        documents >= (maxItems > 0 ? maxItems : DefaultPage) || characters >= LargeText || took >= Interval ? TimeSpan.Zero : Interval - took;
}

namespace QANexus.LocalCosmos.Tests.Expiry;

internal static class SweepClock
{
    /// <summary>Lets time pass and waits until the sweep that this starts is over. Nothing else may be waiting on the clock.</summary>
    public static async Task SweepAfterAsync(this ManualTime time, TimeSpan by)
    {
        await time.ArmedAsync();
        time.Advance(by);
        await time.ArmedAsync();
    }

    /// <summary>Waits until the sweep waits.</summary>
    public static async Task ArmedAsync(this ManualTime time)
    {
        while (time.Waiting == 0)
            await Task.Yield();
    }
}

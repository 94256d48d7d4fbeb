using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Tests.Importing;

public sealed class ImportProgressTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public void Progress_says_what_is_done_how_fast_and_how_long_the_rest_takes()
    {
        var counts = new ImportCounts(Lines: 5_000, FileBytes: 3 * MiB, Appended: 5_000, Replayed: 0, Failed: 0, NotAttempted: 0, Events: 9_000);

        Assert.Equal(
            "5,000 lines, 3.0 of 12.0 MiB, 250 lines/s, 25%, 1:00 left", ImportProgress.Describe(counts, 12 * MiB, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Progress_through_a_pipe_has_no_end_to_name()
    {
        var counts = new ImportCounts(Lines: 10, FileBytes: MiB / 2, Appended: 7, Replayed: 0, Failed: 1, NotAttempted: 2, Events: 7);

        Assert.Equal("10 lines, 0.5 MiB, 5 lines/s, 3 not imported", ImportProgress.Describe(counts, null, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void Before_anything_is_done_nothing_is_estimated()
    {
        Assert.Equal("0 lines, 0.0 of 1.0 MiB, 0 lines/s", ImportProgress.Describe(default, MiB, TimeSpan.Zero));
    }
}

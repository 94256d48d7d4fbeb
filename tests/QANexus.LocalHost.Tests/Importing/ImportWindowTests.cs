using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Tests.Importing;

public sealed class ImportWindowTests
{
    [Fact]
    public async Task Whoever_finds_no_line_free_waits_until_one_leaves()
    {
        var window = new ImportWindow(maxLines: 2, maxBytes: 1000);
        await window.EnterAsync(1, CancellationToken.None);
        await window.EnterAsync(1, CancellationToken.None);

        var third = window.EnterAsync(1, CancellationToken.None);
        Assert.False(third.IsCompleted);
        window.Leave(1);

        await third;
    }

    [Fact]
    public async Task Whoever_finds_too_few_bytes_free_waits_until_there_are_enough()
    {
        var window = new ImportWindow(maxLines: 100, maxBytes: 10);
        await window.EnterAsync(4, CancellationToken.None);
        await window.EnterAsync(4, CancellationToken.None);

        var third = window.EnterAsync(6, CancellationToken.None);
        Assert.False(third.IsCompleted);
        window.Leave(4);

        await third;
    }

    [Fact]
    public async Task A_line_larger_than_the_window_goes_through_it_alone()
    {
        var window = new ImportWindow(maxLines: 100, maxBytes: 10);
        await window.EnterAsync(1, CancellationToken.None);

        var large = window.EnterAsync(1000, CancellationToken.None);
        Assert.False(large.IsCompleted);
        window.Leave(1);
        await large;

        Assert.False(window.EnterAsync(1, new CancellationToken(canceled: true)).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_window_is_empty_when_everything_has_left()
    {
        var window = new ImportWindow(maxLines: 100, maxBytes: 10);
        await window.WaitUntilEmptyAsync(CancellationToken.None);
        await window.EnterAsync(1, CancellationToken.None);

        var empty = window.WaitUntilEmptyAsync(CancellationToken.None);
        Assert.False(empty.IsCompleted);
        window.Leave(1);

        await empty;
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        var window = new ImportWindow(maxLines: 1, maxBytes: 10);
        await window.EnterAsync(1, CancellationToken.None);
        using var source = new CancellationTokenSource();

        var second = window.EnterAsync(1, source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }
}

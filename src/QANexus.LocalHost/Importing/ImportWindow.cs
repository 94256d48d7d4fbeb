namespace QANexus.LocalHost.Importing;

/// <summary>Keeps what has been read and is not settled within bounds of lines and bytes. One reader enters; whoever settles leaves.</summary>
internal sealed class ImportWindow(int maxLines, long maxBytes)
{
    private readonly Lock gate = new();
    private TaskCompletionSource? changed;
    private int lines;
    private long bytes;

    /// <summary>Waits until there is room. A line larger than the whole window enters when the window is empty.</summary>
    public Task EnterAsync(long lineBytes, CancellationToken cancellationToken) =>
        WaitAsync(
            () =>
            {
                if (lines > 0 && (lines >= maxLines || bytes + lineBytes > maxBytes))
                {
                    return false;
                }

                (lines, bytes) = (lines + 1, bytes + lineBytes);
                return true;
            },
            cancellationToken);

    public void Leave(long lineBytes)
    {
        lock (gate)
        {
            (lines, bytes) = (lines - 1, bytes - lineBytes);
            changed?.TrySetResult();
            changed = null;
        }
    }

    /// <summary>Waits until everything that entered has left.</summary>
    public Task WaitUntilEmptyAsync(CancellationToken cancellationToken) => WaitAsync(() => lines == 0, cancellationToken);

    private async Task WaitAsync(Func<bool> attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (attempt())
                {
                    return;
                }

                changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                change = changed.Task;
            }

            await change.WaitAsync(cancellationToken);
        }
    }
}

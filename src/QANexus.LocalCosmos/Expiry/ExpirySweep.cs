using System.Threading.Channels;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.ChangeFeed;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Expiry;

/// <summary>
/// Removes, in the background, items whose time to live is over and versions that are past their retention. It goes by the account's clock, and in groups
/// small enough that the writes of clients, which take turns with them, hardly wait. Without a container that expires anything it sleeps.
/// </summary>
internal sealed class ExpirySweep : IAsyncDisposable
{
    /// <summary>From the end of one sweep to the start of the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The most items, and the most versions, of one group.</summary>
    public const int GroupSize = 100;

    private const long GroupBytes = 4 * 1024 * 1024;

    private readonly AccountData _account;
    private readonly Action<Exception> _report;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    // Holds one change at most: that the catalog is another one is all there is to know.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool _isDisposed;

    /// <param name="account">What to sweep.</param>
    /// <param name="report">Gets what keeps a container from being swept; the next sweep tries again.</param>
    public ExpirySweep(AccountData account, Action<Exception> report)
    {
        _account = account;
        _report = report;
        account.CatalogChanged += OnCatalogChanged;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Waits for the group that is under way, and for no other.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _account.CatalogChanged -= OnCatalogChanged;
            await _stop.CancelAsync();
        }

        await _loop;
        _stop.Dispose();
    }

    private static bool IsSwept(Container container) =>
        container.Definition.DefaultTimeToLive is not null || container.Definition.VersionRetention is not null;

    private void OnCatalogChanged(object? sender, EventArgs change) => _changes.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        var stop = _stop.Token;
        try
        {
            while (true)
            {
                while (!_account.Catalog.AllContainers.Any(IsSwept))
                    await _changes.Reader.ReadAsync(stop);
                await Task.Delay(Interval, _account.Time, stop);
                foreach (var container in _account.Catalog.AllContainers.Where(IsSwept))
                    await SweepAsync(container, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The account closes.
        }
    }

    private async Task SweepAsync(Container container, CancellationToken stop)
    {
        try
        {
            int removed;
            do
            {
                stop.ThrowIfCancellationRequested();
                removed = await _account.MaintainAsync(container, static (connection, current, now) =>
                    new ExpiredItems(connection, current).Remove(now, GroupSize, GroupBytes) +
                    (current.Definition.VersionRetention is null ? 0 : new VersionLog(connection, current).Trim(now, GroupSize)));
            }
            while (removed > 0);
        }
        catch (RequestRefusedException)
        {
            // Deleted meanwhile.
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _report(failure);
        }
    }
}

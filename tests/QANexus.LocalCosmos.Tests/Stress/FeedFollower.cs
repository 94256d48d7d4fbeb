using System.Net;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.Stress;

/// <summary>Reads a change feed while it is being written, and keeps the last version of each item that it was given.</summary>
internal sealed class FeedFollower(Container container)
{
    private readonly Dictionary<string, string> _latest = new(StringComparer.Ordinal);

    public int Deliveries { get; private set; }

    public IReadOnlyDictionary<string, string> Latest => _latest;

    /// <summary>Reads until nothing is written any more, and then to the end.</summary>
    public async Task FollowAsync(CancellationToken quiet)
    {
        using var feed = container.GetChangeFeedIterator<Entry>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = 50 });
        while (true)
        {
            // Asked before the page is read: what comes after it was written before.
            var isQuiet = quiet.IsCancellationRequested;
            var page = await feed.ReadNextAsync(CancellationToken.None);
            if (page.StatusCode == HttpStatusCode.NotModified)
            {
                if (isQuiet)
                    return;
                await Task.Yield();
                continue;
            }

            foreach (var (key, value) in page.Select(StressClient.Describe))
                _latest[key] = value;
            Deliveries += page.Count;
        }
    }
}

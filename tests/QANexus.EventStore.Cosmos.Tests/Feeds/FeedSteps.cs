using System.Globalization;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Feeds;

/// <summary>What tests of feeds do beside reading them.</summary>
internal static class FeedSteps
{
    /// <summary>Appends to streams in turn.</summary>
    /// <returns>The last version of each.</returns>
    public static async Task<IReadOnlyDictionary<StreamId, long>> FillAsync(
        ITenantEventStore store, int streams, int events, Func<int, int> eventsPerCommit)
    {
        var versions = new Dictionary<StreamId, long>();
        var left = events;
        for (var n = 0; left > 0; n++)
        {
            var stream = StreamId.Parse(string.Create(CultureInfo.InvariantCulture, $"Requirement:{store.Tenant}-{n % streams}"));
            var count = Math.Min(left, eventsPerCommit(n));
            await store.AppendAsync(
                new AppendRequest { Stream = stream, Events = Some.Events(count), Expected = ExpectedPosition.Any }, CancellationToken.None);
            versions[stream] = versions.GetValueOrDefault(stream) + count;
            left -= count;
        }

        return versions;
    }
}

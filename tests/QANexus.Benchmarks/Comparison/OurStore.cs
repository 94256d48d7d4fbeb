using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Subscriptions;
using QANexus.EventStore.Json;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.LocalCosmos;

namespace QANexus.Benchmarks.Comparison;

/// <summary>The library over LocalCosmos, in this process and on disk, which flushes before it acknowledges. LocalCosmos is not Azure.</summary>
internal sealed class OurStore : IComparedStore
{
    private readonly string folder;
    private readonly InProcessStore local;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(string Tenant, string Stream), StreamPosition> positions = new();

    private OurStore(string folder, InProcessStore local) => (this.folder, this.local) = (folder, local);

    public string Name => "QANexus";

    public static async Task<OurStore> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("qanexus-comparison-").FullName;
        return new OurStore(data, await InProcessStore.StartAsync(
            new LocalAccountOptions { DataDirectory = data },
            static services =>
            {
                services.AddCosmosSubscriptions();
                services.AddProjection<SummaryProjection>();
            }));
    }

    public async Task AppendAsync(string tenant, string stream, long version, IReadOnlyList<IComparedEvent> appended)
    {
        var request = new AppendRequest
        {
            Stream = StreamId.Parse($"Compared:{stream}"),
            Expected = version == 0 ? ExpectedPosition.NoStream : ExpectedPosition.At(positions[(tenant, stream)]),
            Events = [.. appended.Select(static e => new NewEvent { Type = EventType.Parse(e.GetType().Name), Data = JsonObjectText.Parse(ComparedJson.Write(e)) })],
        };
        positions[(tenant, stream)] = await For(tenant).AppendAsync(request, CancellationToken.None) is AppendResult.Appended stored
            ? stored.Receipt.Position
            : throw new InvalidOperationException($"An append to {stream} did not go in.");
    }

    public async Task<int> ReadAsync(string tenant, string stream)
    {
        var slice = await For(tenant).ReadAfterAsync(StreamId.Parse($"Compared:{stream}"), StreamPosition.Start, CancellationToken.None);
        return slice.Events.Count(static e => Deserialise(e) is not null);
    }

    public async Task<int> QueryAsync<TEvent>(string tenant)
        where TEvent : class, IComparedEvent
    {
        var page = await For(tenant).QueryAsync(new EventQuery { Type = EventType.Parse(typeof(TEvent).Name) }, CancellationToken.None);
        return page.Events.Count(static e => Deserialise(e) is not null);
    }

    /// <summary>The pages of the change feed go to the runner as a trigger hands them over.</summary>
    public async Task ProjectAsync(IReadOnlyCollection<string> tenants)
    {
        var runner = local.Get<SubscriptionRunner>();
        using var feed = local.Commits.GetChangeFeedStreamIterator(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = 1_000 });
        while (feed.HasMoreResults)
        {
            using var page = await feed.ReadNextAsync();
            if (page.StatusCode is HttpStatusCode.NotModified)
            {
                return;
            }

            using var body = await JsonDocument.ParseAsync(page.EnsureSuccessStatusCode().Content);
            await runner.DeliverAsync(SubscriptionGroups.Views, body.RootElement.GetProperty("Documents").GetRawText(), CancellationToken.None);
        }
    }

    public async Task<long> CountProjectedAsync(string tenant)
    {
        var (views, count, after) = (local.Get<IViewReader>(), 0L, (ViewId?)null);
        do
        {
            var page = await views.ListAsync(
                TenantId.Parse(tenant), SummaryProjection.Name, after, IViewReader.LargestMaxCount, atLeast: null, CancellationToken.None);
            count += page.Value.Documents.Sum(static document => (long)JsonSerializer.Deserialize(document.Data.Span, ComparedJson.Default.StreamSummary)!.Events);
            after = page.Value.Next;
        }
        while (after is not null);
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await local.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private ITenantEventStore For(string tenant) => local.Events.ForTenant(TenantId.Parse(tenant));

    private static IComparedEvent Deserialise(RecordedEvent e) => ComparedJson.Read(e.Type.Value, e.Data.Utf8.Span);

    private sealed class SummaryProjection() : StreamProjection<StreamSummary>(Name, ComparedJson.Default.StreamSummary, eventTypes: null)
    {
        public static SubscriptionName Name { get; } = SubscriptionName.Parse("summaries");

        protected override StreamSummary Apply(StreamSummary? document, RecordedEvent e) =>
            (document ?? new StreamSummary(e.Stream.AggregateId.Value, 0, 0)).With(Deserialise(e));
    }
}

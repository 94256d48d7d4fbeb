using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.Testing.RequestUnits;

/// <summary>What one subscription costs: the trigger's page of the change feed, the re-read of its commits, the checkpoints, and a gap after a restart.</summary>
internal static class DeliveryCharges
{
    private const string Area = "delivery";
    private const int Streams = 20;
    private const int PerCommit = 20;

    public static async IAsyncEnumerable<RequestUnitRow> MeasureAsync()
    {
        await using var store = await MeasuredStore.StartAsync();
        await AppendAsync(store);
        var (warm, continuation) = await ReadFeedAsync(store, continuation: null);
        await DeliverAsync(store, warm);
        await AppendAsync(store);

        var (batch, end) = (warm, continuation);
        var feed = await store.MeasureAsync(Area, string.Empty, RequestUnitBudget.Ceiling(0.15, 1), async () =>
            (batch, end) = await ReadFeedAsync(store, continuation));
        var delivery = await store.MeasureAsync(Area, string.Empty, RequestUnitBudget.Ceiling(0.15, 2), () => DeliverAsync(store, batch));
        var checkpoints = ChargeOf(store, ContainerNames.Subscriptions);
        const int Events = Streams * PerCommit;
        yield return (feed with
        {
            Operation = $"an event of 400 B, {PerCommit} a commit: feed page and re-read",
            Charge = feed.Charge + delivery.Charge - checkpoints.Charge,
            Requests = feed.Requests + delivery.Requests - checkpoints.Requests,
            RoundTrips = feed.RoundTrips + delivery.RoundTrips - checkpoints.Requests,
            BytesSent = feed.BytesSent + delivery.BytesSent,
            BytesReceived = feed.BytesReceived + delivery.BytesReceived,
            Budget = RequestUnitBudget.OfArchitecture(0.15, 2),
        }).Per(Events);
        yield return new RequestUnitRow(
            Area, $"checkpoint, a stream, {Streams} streams in the batch", checkpoints.Charge / Streams, checkpoints.Requests, checkpoints.Requests, 0, 0,
            RequestUnitBudget.OfArchitecture(11, 1));
        yield return await GapAsync(store, end);
    }

    /// <summary>Twenty commits of no interest that a restart has made unknown, and one that is.</summary>
    private static async Task<RequestUnitRow> GapAsync(MeasuredStore store, string? continuation)
    {
        var stream = StreamId.Parse("Requirement:r0");
        for (var commit = 0; commit < 20; commit++)
        {
            await store.AppendAsync(new AppendRequest { Stream = stream, Events = [MeasuredEvents.One(MeasuredEvents.Viewed)] });
        }

        (_, continuation) = await ReadFeedAsync(store, continuation);
        await store.AppendAsync(stream, 1, perCommit: 1);
        var (batch, _) = await ReadFeedAsync(store, continuation);
        store.Restart();
        var row = await store.MeasureAsync(Area, "gap of 20 commits of no interest after a restart", RequestUnitBudget.OfArchitecture(3, 1), () =>
            DeliverAsync(store, batch));
        var (requests, charge) = ChargeOf(store, ContainerNames.Events);
        return row with { Charge = charge, Requests = requests, RoundTrips = requests };
    }

    private static async Task AppendAsync(MeasuredStore store)
    {
        for (var stream = 0; stream < Streams; stream++)
        {
            await store.AppendAsync(StreamId.Parse($"Requirement:r{stream}"), PerCommit, PerCommit);
        }
    }

    private static Task DeliverAsync(MeasuredStore store, string batch) =>
        store.Services.GetRequiredService<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Subscribers, batch, CancellationToken.None);

    /// <summary>Everything that a trigger would be handed next, and where it would go on.</summary>
    private static async Task<(string Batch, string? Continuation)> ReadFeedAsync(MeasuredStore store, string? continuation)
    {
        var events = store.Client.GetContainer(new CosmosEventStoreOptions().DatabaseName, ContainerNames.Events);
        using var iterator = events.GetChangeFeedStreamIterator(
            continuation is null ? ChangeFeedStartFrom.Beginning() : ChangeFeedStartFrom.ContinuationToken(continuation),
            ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = 100 });
        using var page = await iterator.ReadNextAsync();
        if (page.StatusCode is not HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"The change feed answers {page.StatusCode}.");
        }

        using var body = await JsonDocument.ParseAsync(page.Content);
        return (body.RootElement.GetProperty("Documents").GetRawText(), page.ContinuationToken);
    }

    private static (int Requests, double Charge) ChargeOf(MeasuredStore store, string container)
    {
        var lines = store.Requests.Lines.Where(line => line.Contains($"/{container}/", StringComparison.Ordinal)).ToList();
        return (lines.Count, lines.Sum(static line => double.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture)));
    }
}

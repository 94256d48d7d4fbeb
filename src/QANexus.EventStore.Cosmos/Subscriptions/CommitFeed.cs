using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Subscriptions;

/// <summary>The change feed of the <c>events</c> container, by feed range or by a tenant's key prefix.</summary>
internal sealed class CommitFeed(Container events, CosmosEventStoreOptions options, TimeProvider time) : ICommitFeed
{
    private readonly ReadRequests reads = new(events, options, time);

    public async Task<IReadOnlyList<string>> RangesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await events.GetFeedRangesAsync(cancellationToken)).Select(static range => range.ToJsonString())];
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && RequestFailure.From(exception) is { } failure)
        {
            throw failure.ToException();
        }
    }

    public Task<CommitFeedPage> ReadRangeAsync(
        string range, string? continuation, int maxCount, DeliveryMeter meter, CancellationToken cancellationToken) =>
        ReadAsync(FeedRange.FromJsonString(range), tenant: null, continuation, maxCount, meter, cancellationToken);

    public Task<CommitFeedPage> ReadTenantAsync(
        TenantId tenant, string? continuation, int maxCount, DeliveryMeter meter, CancellationToken cancellationToken) =>
        ReadAsync(FeedRange.FromPartitionKey(StreamPartition.Of(tenant)), tenant, continuation, maxCount, meter, cancellationToken);

    private async Task<CommitFeedPage> ReadAsync(
        FeedRange range, TenantId? tenant, string? continuation, int maxCount, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var page = await reads.ReadChangesAsync(range, continuation, maxCount, charge, cancellationToken);
        meter.Add(charge.Total);
        return page.IsEmpty
            ? new CommitFeedPage([], page.Continuation, IsAtEnd: true)
            : new CommitFeedPage(
                [.. CommitPage.Split(page.Body).Where(document => tenant is not { } one || CommitOwner.Is(document, one)).Select(Read).OfType<FeedEntry>()],
                page.Continuation,
                IsAtEnd: false);
    }

    /// <summary>Null for what is no commit, which no lane could be told of.</summary>
    private static FeedEntry? Read(ReadOnlyMemory<byte> document)
    {
        if (StoredCommits.Read(document) is not { } commit)
        {
            return null;
        }

        var (changed, sequence) = (0L, 0L);
        var reader = new Utf8JsonReader(document.Span);
        JsonMembers.Enter(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals("_ts"u8))
            {
                changed = JsonMembers.Number(ref reader);
            }
            else if (reader.ValueTextEquals("_lsn"u8))
            {
                sequence = JsonMembers.Number(ref reader);
            }
            else
            {
                JsonMembers.Skip(ref reader);
            }
        }

        return new FeedEntry(commit, DateTimeOffset.FromUnixTimeSeconds(changed), sequence);
    }
}

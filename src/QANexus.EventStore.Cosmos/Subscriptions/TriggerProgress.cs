using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Subscriptions;

/// <summary>
/// Reads in a trigger's leases how far it is. A lease is about a range of hashes and says where its feed goes on: <c>"12"</c>, a sequence number in
/// quotes, after everything up to 12 was handed over.
/// </summary>
internal sealed class TriggerProgress(Container leases, CosmosEventStoreOptions options, TimeProvider time) : ITriggerProgress
{
    private readonly ReadRequests reads = new(leases, options, time);

    public async Task<long?> ReachedAsync(SubscriptionName group, string range, CancellationToken cancellationToken)
    {
        var wanted = JsonSerializer.Deserialize(range, LeasesJson.Default.LeaseRange)!.Range;
        var query = new QueryDefinition("SELECT c.FeedRange, c.ContinuationToken FROM c WHERE STARTSWITH(c.id, @prefix) AND IS_DEFINED(c.FeedRange)")
            .WithParameter("@prefix", group.Value);
        long? reached = null;
        await foreach (var page in reads.QueryAllAsync(query, new ChargeMeter(), cancellationToken))
        {
            foreach (var lease in CommitPage.Split(page).Select(static text => JsonSerializer.Deserialize(text.Span, LeasesJson.Default.Lease)!))
            {
                if (lease.FeedRange?.Range is not { } covered || !Overlap(wanted, covered))
                {
                    continue;
                }

                if (!long.TryParse(lease.ContinuationToken?.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
                {
                    // It has not read anything yet.
                    return null;
                }

                reached = Math.Min(reached ?? long.MaxValue, sequence);
            }
        }

        return reached;
    }

    private static bool Overlap(HashRange left, HashRange right) =>
        string.CompareOrdinal(left.Min, right.Max) < 0 && string.CompareOrdinal(right.Min, left.Max) < 0;

    internal sealed record Lease(LeaseRange? FeedRange, string? ContinuationToken);

    internal sealed record LeaseRange(HashRange Range);

    internal sealed record HashRange([property: JsonPropertyName("min")] string Min, [property: JsonPropertyName("max")] string Max);
}

[JsonSerializable(typeof(TriggerProgress.Lease))]
[JsonSerializable(typeof(TriggerProgress.LeaseRange))]
internal sealed partial class LeasesJson : JsonSerializerContext;

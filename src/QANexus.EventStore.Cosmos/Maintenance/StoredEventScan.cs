using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Maintenance;

/// <summary>Reads every commit document, physical partition by physical partition, and holds one page at a time.</summary>
internal sealed class StoredEventScan(ReadRequests reads) : IStoredEvents
{
    private const int PageSize = 200;

    public async IAsyncEnumerable<StoredEvent> ReadAllAsync(TenantId? tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PartitionKey? partition = tenant is { } one ? StreamPartition.Of(one) : null;
        var pages = reads.QueryAsync(new QueryDefinition("SELECT * FROM c"), partition, PageSize, new ChargeMeter(), cancellationToken);
        await foreach (var page in pages)
        {
            foreach (var document in CommitPage.Split(page))
            {
                var commit = CommitReader.Read(document, expected: null);
                var owner = tenant ?? TenantOf(document, commit);
                foreach (var e in commit.Events)
                {
                    yield return new StoredEvent(owner, e);
                }
            }
        }
    }

    private static TenantId TenantOf(ReadOnlyMemory<byte> document, Commit commit)
    {
        var reader = new Utf8JsonReader(document.Span);
        JsonMembers.Enter(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals(CommitFields.TenantId.EncodedUtf8Bytes))
            {
                return TenantId.TryParse(JsonMembers.Text(ref reader), out var tenant)
                    ? tenant
                    : throw new CorruptStreamException(commit.Stream, $"commit {commit.Number} names no tenant.");
            }

            JsonMembers.Skip(ref reader);
        }

        throw new CorruptStreamException(commit.Stream, $"commit {commit.Number} has no tenant.");
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
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
        var query = tenant is { } named ? OfTenant(named) : new QueryDefinition("SELECT * FROM c");
        var pages = reads.QueryAsync(query, partition: null, PageSize, new ChargeMeter(), cancellationToken);
        await foreach (var page in pages)
        {
            foreach (var document in CommitPage.Split(page))
            {
                var commit = CommitReader.Read(document, expected: null);
                var owner = TenantOf(document, commit);
                foreach (var e in commit.Events)
                {
                    yield return new StoredEvent(owner, e);
                }
            }
        }
    }

    /// <summary>By name, so in whatever generation the tenant is; documents of an earlier one are there until a clear has deleted them.</summary>
    private static QueryDefinition OfTenant(TenantId tenant) =>
        new QueryDefinition("SELECT * FROM c WHERE c.tenantId = @name OR STARTSWITH(c.tenantId, @generations)")
            .WithParameter("@name", tenant.Value)
            .WithParameter("@generations", tenant.InGeneration(1).StorageKey[..^1]);

    private static TenantId TenantOf(ReadOnlyMemory<byte> document, Commit commit)
    {
        var reader = new Utf8JsonReader(document.Span);
        JsonMembers.Enter(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals(CommitFields.TenantId.EncodedUtf8Bytes))
            {
                return TenantId.TryFromStorageKey(JsonMembers.Text(ref reader), out var tenant)
                    ? tenant
                    : throw new CorruptStreamException(commit.Stream, $"commit {commit.Number} names no tenant.");
            }

            JsonMembers.Skip(ref reader);
        }

        throw new CorruptStreamException(commit.Stream, $"commit {commit.Number} has no tenant.");
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Requests;

namespace QANexus.EventStore.Cosmos.Documents;

/// <summary>Single documents that the store keeps for itself, each written only in the state that it was read in.</summary>
internal sealed class SystemDocuments<TDocument>(
    Container container, JsonTypeInfo<TDocument> type, CosmosEventStoreOptions options, TimeProvider time)
    where TDocument : class, ITagged
{
    private readonly ReadRequests reads = new(container, options, time);
    private readonly ConditionalWrites writes = new(container, options, time);

    public async Task<TDocument?> FindAsync(PartitionKey partition, string id, CancellationToken cancellationToken) =>
        await reads.PointReadAsync(id, partition, new ChargeMeter(), cancellationToken) is { } text ? Read(text) : null;

    public async Task<IReadOnlyList<TDocument>> QueryAsync(PartitionKey partition, string sql, CancellationToken cancellationToken)
    {
        var found = new List<TDocument>();
        await foreach (var page in reads.QueryAsync(new QueryDefinition(sql), partition, 100, new ChargeMeter(), cancellationToken))
        {
            found.AddRange(CommitPage.Split(page).Select(Read));
        }

        return found;
    }

    /// <returns>Its new tag; null where somebody else changed it meanwhile.</returns>
    public async Task<string?> TrySaveAsync(PartitionKey partition, TDocument document, CancellationToken cancellationToken)
    {
        var write = new ConditionalWrite(document.Id, JsonSerializer.SerializeToUtf8Bytes(document, type), document.Tag);
        return (await writes.ExecuteAsync(partition, [write], new ChargeMeter(), cancellationToken)) is { IsDone: true } outcome ? outcome.Tags[0] : null;
    }

    private TDocument Read(ReadOnlyMemory<byte> text) => JsonSerializer.Deserialize(text.Span, type)!;
}

/// <summary>A document with the tag of the state that it was read in.</summary>
internal interface ITagged
{
    string Id { get; }

    string? Tag { get; }
}

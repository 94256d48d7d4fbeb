using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Signing;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Clearing;

/// <summary>In which generation a tenant is, and what a clear of it has yet to delete. STORAGE.md describes each member.</summary>
/// <param name="Id">The tenant's name.</param>
/// <param name="TenantId">That of the system, which no tenant can have.</param>
/// <param name="Subscription">What all of these documents are.</param>
/// <param name="Generation">The generation that requests are served in.</param>
/// <param name="Deleted">Documents deleted since the clear began.</param>
/// <param name="IsDone">The last call came to the end.</param>
/// <param name="Left">Generations before it that may still hold documents, oldest first.</param>
internal sealed record GenerationDocument(
    string Id, string TenantId, string Subscription, long Generation, long Deleted, bool IsDone, IReadOnlyList<GenerationDocument.OldGeneration> Left)
{
    private const string Name = "$generations";

    public static PartitionKey Partition { get; } = new PartitionKeyBuilder().Add(SigningKeysDocument.SystemTenant).Add(Name).Build();

    /// <summary>The document of a tenant that was never cleared, which is not stored.</summary>
    public static GenerationDocument Of(TenantId tenant) =>
        new(tenant.Value, SigningKeysDocument.SystemTenant, Name, Generation: 0, Deleted: 0, IsDone: true, Left: []);

    public static GenerationDocument Read(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, GenerationJson.Default.GenerationDocument)
        ?? throw new JsonException("the document of a tenant's generation is null");

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, GenerationJson.Default.GenerationDocument);

    /// <summary>The next generation. A clear that had come to its end begins anew, any other goes on.</summary>
    public GenerationDocument Raise(DateTimeOffset now) => this with
    {
        Generation = Generation + 1,
        Deleted = IsDone ? 0 : Deleted,
        IsDone = false,
        Left = [.. Left, new OldGeneration(Generation, now)],
    };

    /// <summary>A generation that nobody is served in any more.</summary>
    /// <param name="Generation">Its number.</param>
    /// <param name="EndedAt">When it was replaced by the next one.</param>
    public sealed record OldGeneration(long Generation, DateTimeOffset EndedAt);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GenerationDocument))]
internal sealed partial class GenerationJson : JsonSerializerContext;

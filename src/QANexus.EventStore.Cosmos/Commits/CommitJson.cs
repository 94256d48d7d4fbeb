using System.Text.Json.Serialization;
using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>The small objects inside a commit document; the document itself is read and printed by hand, because event data stays as it is.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredOrigin))]
[JsonSerializable(typeof(CommitPart))]
[JsonSerializable(typeof(Redaction))]
[JsonSerializable(typeof(long))]
internal sealed partial class CommitJson : JsonSerializerContext;

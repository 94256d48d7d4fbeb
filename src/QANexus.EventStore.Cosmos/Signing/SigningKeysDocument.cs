using System.Text.Json;
using System.Text.Json.Serialization;
using QANexus.EventStore.Signing;

namespace QANexus.EventStore.Cosmos.Signing;

/// <summary>The one document that holds the signing keys. No tenant can be named <c>$system</c>.</summary>
internal sealed record SigningKeysDocument(string Id, string TenantId, string Subscription, IReadOnlyList<SigningKeysDocument.Key> Keys)
{
    public const string SystemTenant = "$system";
    public const string Name = "$keys";

    public static SigningKeysDocument Create(DateTimeOffset now, byte[] secret) =>
        new(Name, SystemTenant, Name, [new Key("1", now, secret)]);

    public static SigningKeysDocument Read(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, SigningKeysJson.Default.SigningKeysDocument)
        ?? throw new JsonException("the document of the signing keys is null");

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SigningKeysJson.Default.SigningKeysDocument);

    public SigningKeyRing ToRing() => new([.. Keys.Select(static key => new SigningKey(key.Id, key.Secret))]);

    public sealed record Key(string Id, DateTimeOffset CreatedAt, byte[] Secret);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SigningKeysDocument))]
internal sealed partial class SigningKeysJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace QANexus.LocalCosmos.Tests.Conformance;

/// <summary>What the suite stores.</summary>
internal sealed record Item(string Id, string TenantId, string StreamId)
{
    public double? N { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unique { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Ttl { get; init; }
}

using System.Text.Json.Serialization;

namespace QANexus.LocalCosmos.Tests.Conformance;

/// <summary>An item as the change feed brings it.</summary>
internal sealed record Change(string Id, string StreamId, double? N, [property: JsonPropertyName("_lsn")] long Lsn);

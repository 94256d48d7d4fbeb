using System.Text.Json.Serialization;

namespace QANexus.LocalHost.Functions.Timers;

/// <summary>What is remembered of a timer between two runs of the host, all in UTC.</summary>
/// <param name="Id">Id of the document.</param>
/// <param name="Last">The occurrence of the last call; the least value where there was none.</param>
/// <param name="Next">The next occurrence.</param>
/// <param name="LastUpdated">The time that <paramref name="Next"/> follows.</param>
internal sealed record TimerRecord(string Id, DateTime Last, DateTime Next, DateTime LastUpdated);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TimerRecord))]
internal sealed partial class TimerJson : JsonSerializerContext;

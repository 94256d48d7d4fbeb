using System.Text;
using System.Text.Json;

namespace QANexus.EndToEnd.Tests.Fuzzing;

/// <summary>What came back.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">By name, whatever its case.</param>
/// <param name="Body">The body; empty for an event stream, which is not read.</param>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public bool ClosesConnection { get; init; }

    public string MediaType => Headers.GetValueOrDefault("Content-Type", "");

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public override string ToString() => $"{Status} {MediaType}\n{Encoding.UTF8.GetString(Body)}";
}

using System.Text.Json;
using System.Text.Json.Serialization;
using QANexus.Domain.TestRuns;
using QANexus.Domain.Words;

namespace QANexus.Api.TestRuns;

/// <summary>An outcome in its word, or in the short one that people use: PASS, FAIL.</summary>
internal sealed class OutcomeWord : JsonConverter<TestOutcome>
{
    public override TestOutcome Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var word = reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
        return word switch
        {
            "PASS" => TestOutcome.Passed,
            "FAIL" => TestOutcome.Failed,
            _ when Word.TryRead<TestOutcome>(word, out var outcome) => outcome,
            _ => throw new JsonException($"must be one of {string.Join(", ", Word.All<TestOutcome>())}, PASS, FAIL"),
        };
    }

    public override void Write(Utf8JsonWriter writer, TestOutcome value, JsonSerializerOptions options) => writer.WriteStringValue(Word.Of(value));
}

using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace QANexus.Domain.TestRuns;

/// <summary>The last result of every test case, in the order in which the cases first came. Immutable; a result is put in its place in logarithmic time.</summary>
[JsonConverter(typeof(AsArray))]
public sealed class TestResultCollection : IReadOnlyCollection<TestResult>
{
    private readonly ImmutableList<TestResult> inOrder;
    private readonly ImmutableDictionary<string, int> places;

    private TestResultCollection(ImmutableList<TestResult> inOrder, ImmutableDictionary<string, int> places) => (this.inOrder, this.places) = (inOrder, places);

    public static TestResultCollection None { get; } = new([], ImmutableDictionary.Create<string, int>(StringComparer.Ordinal));

    public int Count => inOrder.Count;

    /// <summary>The result of a case, if it has one.</summary>
    public TestResult? Find(string testCaseId) => places.TryGetValue(testCaseId, out var place) ? inOrder[place] : null;

    /// <summary>With this result, in the place of an earlier one of the same case.</summary>
    public TestResultCollection With(TestResult result) => places.TryGetValue(result.TestCaseId, out var place)
        ? new TestResultCollection(inOrder.SetItem(place, result), places)
        : new TestResultCollection(inOrder.Add(result), places.Add(result.TestCaseId, inOrder.Count));

    public IEnumerator<TestResult> GetEnumerator() => inOrder.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A JSON array, in order.</summary>
    internal sealed class AsArray : JsonConverter<TestResultCollection>
    {
        public override TestResultCollection Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var (results, places) = (ImmutableList.CreateBuilder<TestResult>(), None.places.ToBuilder());
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var result = JsonSerializer.Deserialize(ref reader, TypeOf(options)) ?? throw new JsonException("a result is null");
                places.Add(result.TestCaseId, results.Count);
                results.Add(result);
            }

            return new TestResultCollection(results.ToImmutable(), places.ToImmutable());
        }

        public override void Write(Utf8JsonWriter writer, TestResultCollection value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var result in value)
            {
                JsonSerializer.Serialize(writer, result, TypeOf(options));
            }

            writer.WriteEndArray();
        }

        private static JsonTypeInfo<TestResult> TypeOf(JsonSerializerOptions options) => (JsonTypeInfo<TestResult>)options.GetTypeInfo(typeof(TestResult));
    }
}

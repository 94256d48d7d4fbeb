using System.Text;
using QANexus.EventStore.Cosmos.Schemas;
using QANexus.EventStore.Json;

namespace QANexus.EventStore.Cosmos.Tests.Schemas;

public sealed class JsonSchemaCompilerTests
{
    private const string Score = """{"type":"object","required":["title","by","score"],"properties":{"title":{"type":"string"},"by":{"type":"string"},"score":{"type":"number"}}}""";

    [Fact]
    public void Data_that_meets_its_schema_is_valid() => Assert.Empty(Find(Score, """{"title":"Login","by":"ann","score":85}"""));

    [Fact]
    public void A_member_that_is_missing_is_told_at_its_object() =>
        Assert.Equal(["/: required properties [\"score\"] are not present"], Lines(Score, """{"title":"Login","by":"ann"}"""));

    [Fact]
    public void A_number_as_text_is_not_valid() =>
        Assert.Equal(["/score: value is \"string\" but should be \"number\""], Lines(Score, """{"title":"Login","by":"ann","score":"85"}"""));

    [Theory]
    [InlineData("""{"properties":{"a":{"items":{"properties":{"x/y":{"type":"integer"}}}}}}""", """{"a":[{},{"x/y":1.5}]}""", "/a/1/x~1y")]
    [InlineData("""{"additionalProperties":false,"properties":{"a":true}}""", """{"a":1,"b":2}""", "/b")]
    [InlineData("""{"$defs":{"n":{"type":"number"}},"properties":{"a":{"$ref":"#/$defs/n"}}}""", """{"a":"s"}""", "/a")]
    [InlineData("""{"not":{"required":["a"]}}""", """{"a":1}""", "")]
    [InlineData("""{"anyOf":[{"required":["a"]},{"required":["b"]}],"properties":{"c":{"type":"string"}}}""", """{"a":1,"c":1}""", "/c")]
    [InlineData("""{"if":{"required":["a"]},"then":{"properties":{"b":{"maximum":3}}}}""", """{"a":1,"b":4}""", "/b")]
    [InlineData("""{"if":{"required":["q"]},"properties":{"b":{"maximum":3}}}""", """{"b":4}""", "/b")]
    [InlineData("false", "{}", "")]
    public void What_is_wrong_is_told_by_its_place_and_nothing_that_does_not_matter(string schema, string data, string pointer) =>
        Assert.Equal(pointer, Assert.Single(Find(schema, data)).Pointer);

    [Fact]
    public void Where_no_way_of_several_fits_each_is_told()
    {
        var violations = Find("""{"anyOf":[{"required":["a"]},{"required":["b"]}]}""", "{}");

        Assert.Equal(2, violations.Count);
    }

    [Fact]
    public void Data_of_mistakes_only_is_told_up_to_a_limit() =>
        Assert.Equal(100, Find("""{"properties":{"a":{"items":{"type":"string"}}}}""", $$"""{"a":[{{string.Join(',', Enumerable.Repeat(1, 5_000))}}]}""").Count);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"type":"objec"}""")]
    [InlineData("""{"properties":{"a":{"type":5}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/missing"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"https://example.com/elsewhere.json"}}}""")]
    [InlineData("""{"items":{"pattern":"("}}""")]
    [InlineData("""{"patternProperties":{"(":true}}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"}""")]
    [InlineData("""{"$schema":7}""")]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""")]
    [InlineData("""{"$defs":{"z":{"allOf":[{"$ref":"#"}]}},"properties":{"x":{"$ref":"#/$defs/z"}},"anyOf":[{"$ref":"#/$defs/z"}]}""")]
    [InlineData("""{"$defs":{"a":{"not":{"$ref":"#/$defs/b"}},"b":{"if":{"$ref":"#/$defs/a"}}},"properties":{"x":{"$ref":"#/$defs/a"}}}""")]
    [InlineData("""{"$dynamicAnchor":"x","properties":{"a":{"$dynamicRef":"#x"}}}""")]
    public void What_is_no_schema_of_the_draft_or_cannot_work_is_found_before_any_data(string schema) =>
        Assert.Throws<FormatException>(() => new JsonSchemaCompiler().Compile(schema));

    [Theory]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://example.com/a","type":"object"}""")]
    [InlineData("""{"properties":{"$ref":{"const":{"$ref":"#/none"}},"child":{"$ref":"#"}}}""")]
    [InlineData("""{"$defs":{"n":{"$anchor":"number","type":"number"}},"properties":{"a":{"$ref":"#number"}}}""")]
    public void Schemas_of_the_draft_compile_again_and_again(string schema)
    {
        var compiler = new JsonSchemaCompiler();

        Assert.Empty(compiler.Compile(schema).FindViolations(JsonObjectText.Empty));
        Assert.Empty(compiler.Compile(schema).FindViolations(JsonObjectText.Empty));
    }

    [Fact]
    public void A_schema_serves_many_threads()
    {
        var schema = new JsonSchemaCompiler().Compile("""{"$defs":{"n":{"type":"number"}},"properties":{"a":{"$ref":"#/$defs/n"},"b":{"anyOf":[{"$ref":"#"},{"type":"null"}]}}}""");

        Parallel.For(0, 2_000, n =>
        {
            var bad = n % 2 == 0;
            Assert.Equal(bad, schema.FindViolations(JsonObjectText.Parse(bad ? """{"a":"x"}""" : """{"a":1,"b":{"a":2}}""")).Count > 0);
        });
    }

    private static IEnumerable<string> Lines(string schema, string data) => Find(schema, data).Select(static violation => $"{(violation.Pointer.Length == 0 ? "/" : violation.Pointer)}: {violation.Message}");

    private static IReadOnlyList<JsonViolation> Find(string schema, string data) =>
        new JsonSchemaCompiler().Compile(schema).FindViolations(JsonObjectText.Parse(Encoding.UTF8.GetBytes(data)));
}

using System.Text.Json.Nodes;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using static QANexus.EventStore.Tests.Upcasting.Stored;

namespace QANexus.EventStore.Tests.Upcasting;

/// <summary>Steps that fail or make what cannot be.</summary>
public sealed class UpcastingFailureTests
{
    [Fact]
    public async Task A_failing_step_is_an_error_that_names_type_version_and_step()
    {
        var cause = new InvalidOperationException("Grace Hopper");
        var catalog = Catalog(types => types.Add(Approved).From(1).To(2, static data => data["a"] = 1).From(2).To(3, _ => throw cause));

        var failure = await Assert.ThrowsAsync<UpcastingFailedException>(() => catalog.UpcastAsync(Event(Approved, 1)));

        Assert.Equal((Approved, 1, "RequirementApproved v2 to v3"), (failure.Type, failure.Version, failure.Step));
        Assert.Same(cause, failure.InnerException);
        Assert.Equal("An event stored as RequirementApproved v1 cannot be upcast at step 'RequirementApproved v2 to v3': it threw InvalidOperationException.", failure.Message);
    }

    public static TheoryData<string, Action<JsonObject>> BadResults => new()
    {
        { "it makes data that is not I-JSON at '/n'", data => data["n"] = 12345678901234567890m },
        { "it makes data that is not I-JSON at '/list/1'", data => data["list"] = new JsonArray(1, decimal.MaxValue) },
        { "it makes data that is not I-JSON at", data => Nest(data, InternetJson.MaxDepth) },
        { "it makes data of more than 1048576 bytes", data => data["text"] = new string('x', 1_048_576) },
        { "it threw ArgumentException", data => data["n"] = double.NaN },
        { "it threw InvalidOperationException", data => data["b"] = data["a"] },
    };

    [Theory]
    [MemberData(nameof(BadResults))]
    public async Task A_result_that_could_not_have_been_stored_is_an_error_of_the_step_that_made_it(string detail, Action<JsonObject> transform)
    {
        var catalog = Catalog(types => types.Add(Approved).From(1).To(2, transform).From(2).To(3, static data => data.Clear()));

        var failure = await Assert.ThrowsAsync<UpcastingFailedException>(() => catalog.UpcastAsync(Event(Approved, 1, """{"a":{}}""")));

        Assert.Equal("RequirementApproved v1 to v2", failure.Step);
        Assert.Contains(detail, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_into_more_parts_than_an_append_can_have_is_an_error()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved);
            types.Add(Other).From(1).SplitInto(static parts => parts.IntoMany(Approved, 1, static (_, _) => Enumerable.Range(0, 1_001).Select(static _ => new JsonObject())));
        });

        Assert.Contains("more than 1000 events", (await Assert.ThrowsAsync<UpcastingFailedException>(() => catalog.UpcastAsync(Event(Other, 1)))).Message, StringComparison.Ordinal);
    }

    private static void Nest(JsonObject data, int levels)
    {
        for (var i = 0; i < levels; i++)
        {
            var inner = new JsonObject();
            data["x"] = inner;
            data = inner;
        }
    }
}

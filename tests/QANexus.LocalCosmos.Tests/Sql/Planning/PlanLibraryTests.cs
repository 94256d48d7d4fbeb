using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Tests.Sql.Planning;

/// <summary>Plans and refusals are those of the library, word for word.</summary>
public sealed class PlanLibraryTests
{
    private const string Parameters =
        """[{"name":"@p","value":"a"},{"name":"@q","value":2},{"name":"@v","value":7},{"name":"@k","value":"k"},{"name":"@id","value":"e1"}]""";

    public static TheoryData<string> Plans { get; } = [.. PlanCorpus.Plans];

    public static TheoryData<string> Refusals { get; } = [.. PlanCorpus.Refusals];

    [LibraryTheory]
    [MemberData(nameof(Plans))]
    public void The_plan_is_the_librarys(string query)
    {
        var (info, error) = QueryPlanLibrary.Instance.Plan(query, Parameters);
        Assert.Null(error);
        Assert.Equal(Normalize(info!.Value), Normalize(Plan(query)));
    }

    [LibraryTheory]
    [MemberData(nameof(Refusals))]
    public void What_the_library_refuses_is_refused_alike(string query)
    {
        var (_, error) = QueryPlanLibrary.Instance.Plan(query, Parameters);
        Assert.NotNull(error);
        var refusal = Assert.Throws<SqlException>(() => Plan(query));
        var first = JsonElement.Parse(error).EnumerateObject().First().Value[0];
        if (first.ValueKind == JsonValueKind.String)
        {
            Assert.Equal(first.GetString(), refusal.Message);
            return;
        }

        Assert.Equal(first.GetProperty("message").GetString(), refusal.Message);
        Assert.Equal(first.GetProperty("code").ToString(), refusal.Code);
        if (first.TryGetProperty("location", out var location))
            Assert.Equal((location.GetProperty("start").GetInt32(), location.GetProperty("end").GetInt32()), (refusal.Start, refusal.End));
    }

    private static JsonElement Plan(string query)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
            QueryPlanner.Plan(SqlQuery.Parse(query), JsonElement.Parse(Parameters), json);
        return JsonElement.Parse(output.WrittenSpan);
    }

    /// <summary>What both say, in one form: members in order, no nulls, booleans as the library writes them.</summary>
    private static string Normalize(JsonElement info)
    {
        var members = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var member in info.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null || member.Name == "requiresExtendedQueryPlan")
                continue;
            members[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.True => 1,
                JsonValueKind.False => 0,
                JsonValueKind.Object => new JsonObject(member.Value.EnumerateObject()
                    .OrderBy(static m => m.Name, StringComparer.Ordinal)
                    .Select(static m => KeyValuePair.Create(m.Name, JsonNode.Parse(m.Value.GetRawText())))),
                _ => JsonNode.Parse(member.Value.GetRawText()),
            };
        }

        return new JsonObject(members).ToJsonString();
    }
}

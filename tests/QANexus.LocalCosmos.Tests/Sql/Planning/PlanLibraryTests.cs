using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using QANexus.LocalCosmos.Sql;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Sql.Planning;

/// <summary>Plans and refusals are those of the library, word for word.</summary>
public sealed class PlanLibraryTests
{
    internal const string Parameters =
        """[{"name":"@p","value":"a"},{"name":"@q","value":2},{"name":"@v","value":7},{"name":"@k","value":"k"},{"name":"@id","value":"e1"}]""";

    public static TheoryData<string> Plans { get; } = [.. PlanCorpus.Plans];

    public static TheoryData<string> Refusals { get; } = [.. PlanCorpus.Refusals];

    [LibraryTheory]
    [MemberData(nameof(Plans))]
    [Proves(Area.Queries, "plans as the vendor's own planner makes them")]
    public void The_plan_is_the_librarys(string query)
    {
        var (info, error) = QueryPlanLibrary.Instance.Plan(query, Parameters);
        Assert.Null(error);
        Assert.Equal(Normalize(info!.Value), Normalize(Plan(query)));
    }

    [LibraryTheory]
    [MemberData(nameof(Refusals))]
    [Proves(Area.Queries, "plans as the vendor's own planner makes them")]
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

    /// <summary>The library prints the container where the query selects what it iterates over.</summary>
    [Theory]
    [InlineData("SELECT * FROM t IN c.tags ORDER BY t.x", "SELECT c._rid, [{\"item\": t.x}] AS orderByItems, t AS payload\nFROM t IN c.tags")]
    [InlineData("SELECT * FROM c.x ORDER BY x.a", "SELECT c._rid, [{\"item\": x.a}] AS orderByItems, x AS payload\nFROM c.x")]
    [Proves(Area.Queries, "plans as the vendor's own planner makes them")]
    public void A_sorted_star_over_a_part_of_the_document_selects_that_part(string query, string rewritten) =>
        Assert.StartsWith(rewritten, Plan(query).GetProperty("rewrittenQuery").GetString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("SELECT * FROM (SELECT DISTINCT c.x FROM c) AS d")]
    [InlineData("SELECT VALUE d.n FROM (SELECT COUNT(1) AS n FROM c) AS d")]
    [InlineData("SELECT VALUE e FROM (SELECT VALUE d FROM (SELECT c.g FROM c GROUP BY c.g) AS d) AS e")]
    [Proves(Area.Queries, "plans as the vendor's own planner makes them")]
    public void What_partitions_cannot_answer_one_by_one_is_refused_for_several(string query)
    {
        Assert.Contains("cross partition", Assert.Throws<SqlException>(() => Plan(query, isOnePartition: false)).Message, StringComparison.Ordinal);
        Assert.Equal("", Plan(query).GetProperty("rewrittenQuery").GetString());
    }

    internal static JsonElement Plan(string query, bool isOnePartition = true)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
            QueryPlanner.Plan(SqlQuery.Parse(query), JsonElement.Parse(Parameters), json, isOnePartition);
        return JsonElement.Parse(output.WrittenSpan);
    }

    /// <summary>What both say, in one form: members in order, no nulls, booleans as the library writes them.</summary>
    internal static string Normalize(JsonElement info)
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

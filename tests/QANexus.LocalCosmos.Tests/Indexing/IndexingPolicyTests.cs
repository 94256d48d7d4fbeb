using System.Text.Json;
using QANexus.LocalCosmos.Indexing;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Indexing;

public sealed class IndexingPolicyTests
{
    private const string OnlySome = """
        {"includedPaths":[{"path":"/a/?"},{"path":"/obj/*"},{"path":"/obj/secret/but/?"},{"path":"/tags/[]/?"},{"path":"/events/[]/eventId/?"},{"path":"/\"odd / name\"/?"}],
         "excludedPaths":[{"path":"/*"},{"path":"/obj/secret/*"}]}
        """;

    [Theory]
    [InlineData("/a", true)]
    [InlineData("/a/?", true)]
    [InlineData("/a/b", false)]
    [InlineData("/b", false)]
    [InlineData("/obj", true)]
    [InlineData("/obj/x/y", true)]
    [InlineData("/obj/secret", false)]
    [InlineData("/obj/secret/x", false)]
    [InlineData("/tags/[]", true)]
    [InlineData("/tags", false)]
    [InlineData("/events/[]/eventId", true)]
    [InlineData("/events/[]/data", false)]
    [InlineData("/\"odd / name\"", true)]
    [InlineData("/id", true)]
    [InlineData("/_ts", true)]
    [InlineData("nonsense", false)]
    [Proves(Area.Containers, "indexing policies: which values are terms")]
    public void The_most_specific_path_decides(string path, bool expected) => Assert.Equal(expected, Policy(OnlySome).IsIndexed(path));

    [Fact]
    public void An_included_path_below_an_excluded_one_wins()
    {
        var policy = Policy("""{"includedPaths":[{"path":"/*"},{"path":"/data/id/?"}],"excludedPaths":[{"path":"/data/*"}]}""");

        Assert.True(policy.IsIndexed("/data/id"));
        Assert.False(policy.IsIndexed("/data/other"));
        Assert.True(policy.IsIndexed("/other"));
    }

    [Fact]
    public void The_default_indexes_all_but_the_etag()
    {
        Assert.True(IndexingPolicy.Default.IsIndexed("/any/thing"));
        Assert.False(IndexingPolicy.Default.IsIndexed("/_etag"));
    }

    [Theory]
    [InlineData("""{"id":"1"}""", 2)]
    [InlineData("""{"id":"1","a":1,"b":"x","c":null,"d":true}""", 6)]
    [InlineData("""{"id":"1","tags":["x","y","x"]}""", 4)]
    [InlineData("""{"id":"1","tags":[1,1.0,"1"]}""", 4)]
    [InlineData("""{"id":"1","o":{"a":1,"b":{"c":1}},"none":{},"empty":[]}""", 4)]
    [InlineData("""{"id":"1","e":[{"t":"A","n":1},{"t":"A","n":2}]}""", 5)]
    [InlineData("""{"id":"1","e":[[1],[1,2]]}""", 4)]
    public void By_default_every_distinct_scalar_is_a_term_and_so_is_the_timestamp(string document, int terms) =>
        Assert.Equal(terms, IndexingPolicy.Default.CountTerms(Json(document)));

    [Theory]
    [InlineData("""{"id":"1","b":2,"data":{"x":[1,2,3]}}""", 2)]
    [InlineData("""{"id":"1","a":2,"odd / name":1}""", 4)]
    [InlineData("""{"id":"1","a":{"b":1}}""", 2)]
    [InlineData("""{"id":"1","obj":{"x":1,"secret":{"y":1,"but":2}}}""", 4)]
    [InlineData("""{"id":"1","tags":["x","y",["z"]]}""", 4)]
    [InlineData("""{"id":"1","events":[{"eventId":"e1","data":1},{"eventId":"e1"},{"eventId":"e2"},{}]}""", 4)]
    [InlineData("""{"id":"1","obj":{"id":"1"}}""", 3)]
    [Proves(Area.Containers, "indexing policies: which values are terms")]
    public void Only_indexed_values_are_terms(string document, int terms) => Assert.Equal(terms, Policy(OnlySome).CountTerms(Json(document)));

    [Theory]
    [InlineData("""{"indexingMode":"none"}""")]
    [InlineData("""{"automatic":false,"indexingMode":"none"}""")]
    public void Without_an_index_there_are_no_terms(string without)
    {
        var policy = Policy(without);

        Assert.Equal(0, policy.CountTerms(Json("""{"id":"1","a":2}""")));
        Assert.False(policy.IsIndexed("/id"));
    }

    [Theory]
    [InlineData("""{"id":"1","a":1}""", """{"id":"1","a":1}""", 2)]
    [InlineData("""{"id":"1","a":1}""", """{"id":"1","a":2}""", 4)]
    [InlineData("""{"id":"1"}""", """{"id":"1","a":2,"b":[1,2]}""", 5)]
    [InlineData("""{"id":"1","a":1,"b":1}""", """{"id":"1"}""", 4)]
    public void Changed_terms_are_the_removed_the_added_and_both_timestamps(string before, string after, int changes)
    {
        var policy = IndexingPolicy.Default;

        Assert.Equal(changes, IndexTerms.CountChanges(policy.CollectTerms(Json(before)), policy.CollectTerms(Json(after))));
    }

    [Fact]
    public void Composite_indexes_are_kept_in_order()
    {
        var policy = Policy("""{"compositeIndexes":[[{"path":"/a","order":"ascending"},{"path":"/b/c","order":"descending"}],[{"path":"/x"},{"path":"/y"}]]}""");

        Assert.Equal("/a False,/b/c True|/x False,/y False", string.Join('|', policy.CompositeIndexes.Select(index => string.Join(',', index.Select(c => $"{c.Path} {c.IsDescending}")))));
        Assert.True(policy.IsIndexed("/a"));
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("""{"includedPaths":[{"path":"/a/?"}]}""", "mandatory")]
    [InlineData("""{"includedPaths":[{"path":"/a"},{"path":"/*"}]}""", "/a")]
    [InlineData("""{"includedPaths":[{"path":"/*/a/?"},{"path":"/*"}]}""", "/*/a/?")]
    [InlineData("""{"includedPaths":[{"path":"/?"}]}""", "/?")]
    [InlineData("""{"includedPaths":["/*"]}""", "/*")]
    [InlineData("""{"excludedPaths":7}""", "excludedPaths")]
    [InlineData("""{"indexingMode":"lazy"}""", "lazy")]
    [InlineData("""{"automatic":false}""", "automatic")]
    [InlineData("""{"automatic":0,"indexingMode":"none"}""", "automatic")]
    [InlineData("""{"spatialIndexes":[{"path":"/a/*"}]}""", "spatialIndexes")]
    [InlineData("""{"vectorIndexes":[{"path":"/a"}]}""", "vectorIndexes")]
    [InlineData("""{"compositeIndexes":[[{"path":"/a"}]]}""", "at least two")]
    [InlineData("""{"compositeIndexes":[[{"path":"/a"},{"path":"/b","order":"sideways"}]]}""", "sideways")]
    [Proves(Area.Containers, "indexing policies: which values are terms")]
    public void A_policy_that_cannot_be_followed_is_refused_with_the_reason(string policy, string named)
    {
        Assert.False(IndexingPolicy.TryParse(Json(policy), out _, out var reason));
        Assert.Contains(named, reason, StringComparison.Ordinal);
    }

    private static IndexingPolicy Policy(string json)
    {
        Assert.True(IndexingPolicy.TryParse(Json(json), out var policy, out _));
        return policy;
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

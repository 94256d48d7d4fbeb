using System.Text.Json;
using QANexus.LocalCosmos.Indexing;

namespace QANexus.LocalCosmos.Tests.Indexing;

public sealed class UniqueKeyPolicyTests
{
    [Theory]
    [InlineData("""{"u":1}""", """{"u":1.0}""", true)]
    [InlineData("""{"u":"1"}""", """{"u":1}""", false)]
    [InlineData("""{"u":null}""", """{}""", true)]
    [InlineData("""{"u":"é"}""", """{"u":"\u00e9"}""", true)]
    [InlineData("""{"u":{"a":1,"b":2}}""", """{"u":{"b":2,"a":1}}""", true)]
    [InlineData("""{"u":[1,2]}""", """{"u":[[1],2]}""", false)]
    [InlineData("""{"u":-0.0}""", """{"u":0}""", true)]
    public void Values_collide_when_the_service_calls_them_equal(string first, string second, bool collide)
    {
        var policy = Policy("""{"uniqueKeys":[{"paths":["/u"]}]}""");

        Assert.Equal(collide, policy.Extract(Json(first))[0].AsSpan().SequenceEqual(policy.Extract(Json(second))[0]));
    }

    [Fact]
    public void A_key_of_several_paths_collides_only_as_a_whole()
    {
        var policy = Policy("""{"uniqueKeys":[{"paths":["/a","/b"]},{"paths":["/c/d"]}]}""");

        var one = policy.Extract(Json("""{"a":"x","b":"yz","c":{"d":1}}"""));
        var other = policy.Extract(Json("""{"a":"xy","b":"z","c":{"d":1}}"""));
        Assert.NotEqual(one[0], other[0]);
        Assert.Equal(one[1], other[1]);
    }

    [Fact]
    public void Without_keys_there_is_nothing_to_extract() => Assert.Empty(UniqueKeyPolicy.None.Extract(Json("""{"a":1}""")));

    [Theory]
    [InlineData("7", "object")]
    [InlineData("""{"uniqueKeys":{}}""", "array")]
    [InlineData("""{"uniqueKeys":[{"paths":[]}]}""", "paths")]
    [InlineData("""{"uniqueKeys":[{"paths":["u"]}]}""", "\"u\"")]
    [InlineData("""{"uniqueKeys":[7]}""", "7")]
    public void A_policy_that_cannot_be_followed_is_refused_with_the_reason(string policy, string named)
    {
        Assert.False(UniqueKeyPolicy.TryParse(Json(policy), out _, out var reason));
        Assert.Contains(named, reason, StringComparison.Ordinal);
    }

    private static UniqueKeyPolicy Policy(string json)
    {
        Assert.True(UniqueKeyPolicy.TryParse(Json(json), out var policy, out _));
        return policy;
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

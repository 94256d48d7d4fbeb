using CsCheck;
using QANexus.LocalCosmos.Partitioning;

namespace QANexus.LocalCosmos.Tests.Partitioning;

public sealed class EffectivePartitionKeyTests
{
    private static readonly Gen<PartitionKeyComponent> s_components = Gen.OneOf(
        Gen.Const(PartitionKeyComponent.Null),
        Gen.Bool.Select(PartitionKeyComponent.Of),
        Gen.Double.Where(double.IsFinite).Select(PartitionKeyComponent.Of),
        Gen.Int[-50, 50].Select(n => PartitionKeyComponent.Of((double)n)),
        Gen.String[Gen.Char['\u0001', '\u07FF'], 0, 60].Select(PartitionKeyComponent.Of));

    public static TheoryData<string, string> Vectors => new()
    {
        { "[\"c1\"]", "332E1982AE1177D2D17C69A3A3691B22" },
        { "[\"\"]", "32E9366E637A71B4E710384B2F4970A0" },
        { "[\"tenant-äöü-€\"]", "32E8DDA86967CDA9AFE17A65853A2904" },
        { "[\"" + new string('x', 200) + "\"]", "34C859F7FC157766FF5170B1131F5F2F" },
        { "[1]", "20CD98B339BA78A5D0CF6953B87070B0" },
        { "[1.0]", "20CD98B339BA78A5D0CF6953B87070B0" },
        { "[-2.5]", "11DFF5D6B7A8EF74872EE9E3F806A13F" },
        { "[0]", "155B95BEDAC4B1E9EC1CDC9BB0DDDE58" },
        { "[true]", "0E711127C5B5A8E4726AC6DD306A3E59" },
        { "[false]", "2FE1BE91E90A3439635E0E9E37361EF2" },
        { "[null]", "378867E4430E67857ACE5C908374FE16" },
        { "[\"t1\",\"s1\"]", "3D48BB14DA9D090D22112C96695028B62924A879AFFF52A411F93F1A83532751" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_proven_vectors_hold(string key, string expected) =>
        Assert.Equal(expected, EffectivePartitionKey.Of(Parse(key), PartitionKeyKind.MultiHash).ToString());

    [Theory]
    [InlineData("[\"c1\"]")]
    [InlineData("[null]")]
    [InlineData("[-2.5]")]
    public void One_component_hashes_alike_in_both_kinds(string key) =>
        Assert.Equal(EffectivePartitionKey.Of(Parse(key), PartitionKeyKind.MultiHash), EffectivePartitionKey.Of(Parse(key), PartitionKeyKind.Hash));

    [Fact]
    public void The_sdk_computes_the_same_position_for_any_hierarchical_key() =>
        s_components.Array[1, 3].Sample(components =>
        {
            var key = new PartitionKeyValue(components);
            Assert.Equal(
                SdkPartitionKey.Hash(key.ToString(), "MultiHash", components.Length), EffectivePartitionKey.Of(key, PartitionKeyKind.MultiHash).ToString());
        });

    [Fact]
    public void The_sdk_computes_the_same_position_for_any_single_key() =>
        s_components.Sample(component =>
        {
            var key = new PartitionKeyValue([component]);
            Assert.Equal(SdkPartitionKey.Hash(key.ToString(), "Hash", 1), EffectivePartitionKey.Of(key, PartitionKeyKind.Hash).ToString());
        });

    [Fact]
    public void The_sdk_computes_the_same_position_for_a_document_without_key() =>
        Assert.Equal(SdkPartitionKey.Hash("[{}]", "Hash", 1), EffectivePartitionKey.Of(Parse("[{}]"), PartitionKeyKind.Hash).ToString());

    [Fact]
    public void Positions_order_as_their_hex_does() =>
        Gen.Select(s_components.Array[1, 3], s_components.Array[1, 3]).Sample((a, b) =>
        {
            var left = EffectivePartitionKey.Of(new PartitionKeyValue(a), PartitionKeyKind.MultiHash);
            var right = EffectivePartitionKey.Of(new PartitionKeyValue(b), PartitionKeyKind.MultiHash);
            Assert.Equal(Math.Sign(string.CompareOrdinal(left.ToString(), right.ToString())), Math.Sign(left.CompareTo(right)));
            Assert.True(EffectivePartitionKey.TryParse(left.ToString(), out var parsed));
            Assert.Equal(left, parsed);
        });

    [Fact]
    public void A_prefix_range_holds_all_keys_below_the_prefix_and_no_other() =>
        Gen.Select(s_components, s_components, s_components).Sample((tenant, stream, other) =>
        {
            var range = EffectivePartitionKeyRange.OfPrefix(new PartitionKeyValue([tenant]));
            Assert.True(range.Contains(EffectivePartitionKey.Of(new PartitionKeyValue([tenant, stream]), PartitionKeyKind.MultiHash)));
            Assert.True(range.Contains(EffectivePartitionKey.Of(new PartitionKeyValue([tenant, stream, other]), PartitionKeyKind.MultiHash)));
            if (other != tenant)
                Assert.False(range.Contains(EffectivePartitionKey.Of(new PartitionKeyValue([other, stream]), PartitionKeyKind.MultiHash)));
        });

    [Fact]
    public void The_full_range_holds_every_key() =>
        s_components.Array[1, 3].Sample(components =>
            EffectivePartitionKeyRange.Full.Contains(EffectivePartitionKey.Of(new PartitionKeyValue(components), PartitionKeyKind.MultiHash)));

    [Theory]
    [InlineData("", "10", "08", "FF", "08", "10")]
    [InlineData("00", "10", "10", "20", "10", "10")]
    [InlineData("", "FF", "25", "25FF", "25", "25FF")]
    public void Ranges_intersect(string min, string max, string otherMin, string otherMax, string expectedMin, string expectedMax)
    {
        var intersection = Range(min, max).Intersect(Range(otherMin, otherMax));

        Assert.Equal(Range(expectedMin, expectedMax), intersection);
        Assert.Equal(string.Equals(expectedMin, expectedMax, StringComparison.Ordinal), intersection.IsEmpty);
    }

    [Theory]
    [InlineData("F")]
    [InlineData("GG")]
    [InlineData("0x")]
    public void What_is_not_hex_is_refused(string text) => Assert.False(EffectivePartitionKey.TryParse(text, out _));

    [Fact]
    public void A_bound_longer_than_any_key_is_refused() => Assert.False(EffectivePartitionKey.TryParse(new string('A', 100), out _));

    private static EffectivePartitionKeyRange Range(string min, string max)
    {
        Assert.True(EffectivePartitionKey.TryParse(min, out var low));
        Assert.True(EffectivePartitionKey.TryParse(max, out var high));
        return new EffectivePartitionKeyRange(low, high);
    }

    private static PartitionKeyValue Parse(string json)
    {
        Assert.True(PartitionKeyValue.TryParse(json, out var key));
        return key;
    }
}

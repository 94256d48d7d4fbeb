using CsCheck;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Tests.Streams;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("t", true)]
    [InlineData("0-a", true)]
    [InlineData("-a", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("T1", false)]
    [InlineData("a_b", false)]
    [InlineData("a~1", false)]
    [InlineData("$system", false)]
    [InlineData("ä", false)]
    public void A_tenant_is_lower_case_letters_digits_and_dashes(string? text, bool valid) => Assert.Equal(valid, TenantId.TryParse(text, out _));

    [Fact]
    public void Two_generations_of_a_tenant_share_the_name_and_nothing_else()
    {
        var (first, third) = (TenantId.Parse("acme"), TenantId.Parse("acme").InGeneration(2));
        Assert.NotEqual(first, third);
        Assert.Equal(third, first.InGeneration(1).InGeneration(2));
        Assert.Equal(("acme", "acme"), (first.StorageKey, first.ToString()));
        Assert.Equal(("acme~2", "acme", "acme", 2), (third.StorageKey, third.ToString(), third.Value, third.Generation));
        Assert.Throws<ArgumentOutOfRangeException>(() => first.InGeneration(-1));
    }

    [Fact]
    public void A_storage_key_reads_back_as_printed() =>
        Gen.Select(Gen.Char["az09-"].Array[1, 63], Gen.OneOf(Gen.Long[0, 3], Gen.Long[0, long.MaxValue])).Sample((name, generation) =>
        {
            var tenant = TenantId.Parse("t" + new string(name)).InGeneration(generation);
            Assert.Equal(tenant, TenantId.FromStorageKey(tenant.StorageKey));
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("acme~")]
    [InlineData("acme~0")]
    [InlineData("acme~01")]
    [InlineData("acme~-1")]
    [InlineData("acme~+1")]
    [InlineData("acme~1~2")]
    [InlineData("acme~99999999999999999999")]
    [InlineData("~1")]
    [InlineData("$system")]
    public void What_is_no_storage_key_of_a_tenant_is_refused(string? text)
    {
        Assert.False(TenantId.TryFromStorageKey(text, out _));
        Assert.Throws<FormatException>(() => TenantId.FromStorageKey(text ?? string.Empty));
    }

    [Theory]
    [InlineData("Requirement", true)]
    [InlineData("r2", true)]
    [InlineData("2r", false)]
    [InlineData("a-b", false)]
    [InlineData("a:b", false)]
    public void A_type_is_letters_and_digits(string text, bool valid)
    {
        Assert.Equal(valid, AggregateType.TryParse(text, out _));
        Assert.Equal(valid, EventType.TryParse(text, out _));
    }

    [Theory]
    [InlineData("req-1", true)]
    [InlineData("src.Core", true)]
    [InlineData("a@b~c_d", true)]
    [InlineData(".github", true)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("...", true)]
    [InlineData("a:b", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    public void An_aggregate_id_is_safe_in_a_path(string text, bool valid) => Assert.Equal(valid, AggregateId.TryParse(text, out _));

    [Fact]
    public void Lengths_end_where_the_contract_says()
    {
        Assert.True(TenantId.TryParse(new string('a', 64), out _));
        Assert.False(TenantId.TryParse(new string('a', 65), out _));
        Assert.True(EventType.TryParse(new string('a', 64), out _));
        Assert.False(EventType.TryParse(new string('a', 65), out _));
        Assert.True(AggregateId.TryParse(new string('a', 128), out _));
        Assert.False(AggregateId.TryParse(new string('a', 129), out _));
        Assert.True(CommitId.TryParse(new string('~', 255), out _));
        Assert.False(CommitId.TryParse(new string('~', 256), out _));
        Assert.False(CommitId.TryParse("a b", out _));
    }

    [Fact]
    public void A_default_identifier_names_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => default(TenantId).Value);
        Assert.Throws<InvalidOperationException>(() => default(EventId).Value);
    }

    [Fact]
    public void A_refused_text_is_named_with_the_rule() =>
        Assert.Contains("1-64 of a-z", Assert.Throws<FormatException>(() => TenantId.Parse("NO")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_stream_id_reads_back_as_printed() => GenStream.Sample(stream => StreamId.Parse(stream.ToString()) == stream);

    [Fact]
    public void An_event_id_of_the_store_says_where_the_event_is() =>
        Gen.Select(GenStream, Gen.Long[1, long.MaxValue]).Sample((stream, version) =>
        {
            Assert.True(EventId.TryParse(EventId.At(stream, version).Value, out var id));
            Assert.True(id.TryGetVersion(out var found, out var at));
            Assert.Equal((stream, version), (found, at));
            Assert.False(EventId.TryParseOwn(id.Value, out _));
        });

    [Theory]
    [InlineData("R:1:0")]
    [InlineData("R:1:01")]
    [InlineData("R:1:-1")]
    [InlineData("R:1:")]
    [InlineData("R:1")]
    [InlineData(":1:1")]
    [InlineData("R::1")]
    [InlineData("R:1:99999999999999999999")]
    [InlineData("")]
    [InlineData(":")]
    public void A_text_that_only_looks_like_an_event_id_is_none(string text) => Assert.False(EventId.TryParse(text, out _));

    [Fact]
    public void Whatever_text_comes_parsing_never_throws() => Gen.String.Sample(text =>
    {
        _ = EventId.TryParse(text, out _);
        _ = StreamId.TryParse(text, out _);
        _ = CommitId.TryParse(text, out _);
        _ = TenantId.TryFromStorageKey(text, out _);
    });

    private static Gen<StreamId> GenStream { get; } = Gen.Select(
        Gen.Char["abcXYZ"].Array[1, 64], Gen.Char["abz019._~@-"].Array[3, 128], static (type, id) =>
            new StreamId(AggregateType.Parse(new string(type)), AggregateId.Parse(new string(id))));
}

using CsCheck;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Tests.Signing;

public sealed class SigningTests
{
    private static readonly TenantId Tenant = TenantId.Parse("t1");
    private static readonly StreamId Stream = StreamId.Parse("Requirement:r1");
    private static readonly StreamPosition Position = new(3, 7);
    private static readonly SigningKeyRing Keys = new([Key("1")]);

    [Fact]
    public void A_tag_is_true_of_its_own_position_only()
    {
        var tag = PositionTag.Create(Keys, Tenant, Stream, Position);
        Assert.Equal(11, tag.Length);
        Assert.True(PositionTag.Verify(Keys, Tenant, Stream, Position, tag));
        Assert.False(PositionTag.Verify(Keys, TenantId.Parse("t2"), Stream, Position, tag));
        Assert.False(PositionTag.Verify(Keys, Tenant, StreamId.Parse("Requirement:r2"), Position, tag));
        Assert.False(PositionTag.Verify(Keys, Tenant, Stream, new StreamPosition(3, 8), tag));
        Assert.False(PositionTag.Verify(Keys, Tenant, Stream, new StreamPosition(7, 3), tag));
        Assert.False(PositionTag.Verify(new SigningKeyRing([Key("1")]), Tenant, Stream, Position, tag));
    }

    [Fact]
    public void What_was_signed_before_a_clear_does_not_verify_after_it()
    {
        var cleared = Tenant.InGeneration(1);
        Assert.False(PositionTag.Verify(Keys, cleared, Stream, Position, PositionTag.Create(Keys, Tenant, Stream, Position)));
        Assert.False(SignedToken.TryRead(Keys, cleared, "page", SignedToken.Create(Keys, Tenant, "page", "payload"u8), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAA")]
    [InlineData("AAAAAAAAAA")]
    [InlineData("????????????")]
    public void A_made_up_tag_does_not_verify(string tag) => Assert.False(PositionTag.Verify(Keys, Tenant, Stream, Position, tag));

    [Fact]
    public void What_an_old_key_signed_verifies_until_the_key_is_taken_away()
    {
        var (old, current) = (Key("1"), Key("2"));
        var tag = PositionTag.Create(new SigningKeyRing([old]), Tenant, Stream, Position);
        var token = SignedToken.Create(new SigningKeyRing([old]), Tenant, "page", "payload"u8);
        var rotated = new SigningKeyRing([old, current]);
        Assert.True(PositionTag.Verify(rotated, Tenant, Stream, Position, tag));
        Assert.True(SignedToken.TryRead(rotated, Tenant, "page", token, out _));
        Assert.NotEqual(tag, PositionTag.Create(rotated, Tenant, Stream, Position));
        Assert.False(PositionTag.Verify(new SigningKeyRing([current]), Tenant, Stream, Position, tag));
        Assert.False(SignedToken.TryRead(new SigningKeyRing([current]), Tenant, "page", token, out _));
    }

    [Fact]
    public void A_token_gives_its_payload_back_to_its_own_tenant_and_purpose() => Gen.Byte.Array.Sample(payload =>
    {
        var token = SignedToken.Create(Keys, Tenant, "page", payload);
        Assert.True(SignedToken.TryRead(Keys, Tenant, "page", token, out var read));
        Assert.Equal(payload, read);
        Assert.False(SignedToken.TryRead(Keys, TenantId.Parse("t2"), "page", token, out _));
        Assert.False(SignedToken.TryRead(Keys, Tenant, "feed", token, out _));
    });

    [Fact]
    public void A_token_changed_in_any_bit_is_refused()
    {
        var token = SignedToken.Create(Keys, Tenant, "page", "payload"u8);
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(token);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SignedToken.TryRead(Keys, Tenant, "page", System.Buffers.Text.Base64Url.EncodeToString(changed), out _));
        }
    }

    [Fact]
    public void Purpose_and_payload_cannot_be_shifted_into_each_other()
    {
        var token = SignedToken.Create(Keys, Tenant, "a", "b\nc"u8);
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(token);
        var shifted = System.Buffers.Text.Base64Url.EncodeToString([.. bytes[..16], .. "c"u8]);
        Assert.False(SignedToken.TryRead(Keys, Tenant, "a\nb", shifted, out _));
    }

    [Fact]
    public void Whatever_text_comes_as_a_token_it_is_only_refused() =>
        Gen.String.Sample(text => !SignedToken.TryRead(Keys, Tenant, "page", text, out _));

    [Fact]
    public void A_ring_needs_a_key_of_full_length()
    {
        Assert.Throws<ArgumentException>(() => new SigningKeyRing([]));
        Assert.Throws<ArgumentException>(() => new SigningKeyRing([new SigningKey("1", new byte[31])]));
    }

    private static SigningKey Key(string id) => new(id, System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
}

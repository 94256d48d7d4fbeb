using System.Security.Cryptography;

namespace QANexus.EventStore.Signing;

/// <summary>The keys in force: the newest signs, all of them verify. Rotation adds a key; taking one away ends what it signed.</summary>
public sealed class SigningKeyRing
{
    private readonly IReadOnlyList<SigningKey> keys;

    /// <param name="keys">Oldest first, at least one.</param>
    /// <exception cref="ArgumentException">There is no key, or one is shorter than 32 bytes.</exception>
    public SigningKeyRing(IReadOnlyList<SigningKey> keys)
    {
        if (keys.Count == 0 || keys.Any(static key => key.Secret.Length < 32))
        {
            throw new ArgumentException("A key ring needs at least one key, each of 32 bytes or more.", nameof(keys));
        }

        this.keys = keys;
    }

    /// <summary>The first <paramref name="length"/> bytes of the newest key's HMAC-SHA-256.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message, int length) =>
        HMACSHA256.HashData(keys[^1].Secret.Span, message)[..length];

    /// <summary>Whether any key of the ring made <paramref name="signature"/>. Takes the same time wherever it differs.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var verified = false;
        foreach (var key in keys)
        {
            HMACSHA256.HashData(key.Secret.Span, message, expected);
            verified |= signature.Length <= expected.Length && CryptographicOperations.FixedTimeEquals(expected[..signature.Length], signature);
        }

        return verified && !signature.IsEmpty;
    }
}

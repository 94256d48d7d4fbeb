using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Signing;

/// <summary>
/// An opaque text that carries a payload through a client's hands: readable, but neither changed nor used for another tenant or purpose
/// without notice. 128 bits of HMAC-SHA-256.
/// </summary>
public static class SignedToken
{
    private const int SignatureBytes = 16;

    /// <summary>Longest token that is looked at.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>The payload with its signature, in base64url.</summary>
    /// <param name="keys">The keys in force.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="purpose">What it is for, with everything that it must not be used without: the query of a page, for one.</param>
    /// <param name="payload">What to carry.</param>
    public static string Create(SigningKeyRing keys, TenantId tenant, string purpose, ReadOnlySpan<byte> payload)
    {
        var signature = keys.Sign(Message(tenant, purpose, payload), SignatureBytes);
        return Base64Url.EncodeToString([.. signature, .. payload]);
    }

    /// <summary>The payload, if this store made <paramref name="token"/> for exactly this tenant and purpose.</summary>
    public static bool TryRead(SigningKeyRing keys, TenantId tenant, string purpose, string token, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = null;
        if (token.Length > MaxLength || !Base64Url.IsValid(token))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < SignatureBytes || !keys.Verify(Message(tenant, purpose, bytes.AsSpan(SignatureBytes)), bytes.AsSpan(0, SignatureBytes)))
        {
            return false;
        }

        payload = bytes[SignatureBytes..];
        return true;
    }

    private static byte[] Message(TenantId tenant, string purpose, ReadOnlySpan<byte> payload) =>
        [.. Encoding.UTF8.GetBytes($"token\n{tenant.StorageKey}\n{purpose.Length}\n{purpose}\n"), .. payload];
}

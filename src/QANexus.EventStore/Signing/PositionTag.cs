using System.Buffers.Text;
using System.Globalization;
using System.Text;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Signing;

/// <summary>
/// The short signature that makes a stream position trustworthy after it went through a client's hands: 64 bits of HMAC-SHA-256 over tenant,
/// stream and both numbers. A fast path, never a condition: without it the position is compared with the stream first.
/// </summary>
public static class PositionTag
{
    private const int Bytes = 8;

    /// <summary>The tag, 11 characters of base64url.</summary>
    public static string Create(SigningKeyRing keys, TenantId tenant, StreamId stream, StreamPosition position) =>
        Base64Url.EncodeToString(keys.Sign(Message(tenant, stream, position), Bytes));

    /// <summary>Whether this store gave <paramref name="tag"/> to exactly this position of this tenant's stream.</summary>
    public static bool Verify(SigningKeyRing keys, TenantId tenant, StreamId stream, StreamPosition position, ReadOnlySpan<char> tag)
    {
        Span<byte> signature = stackalloc byte[Bytes];
        return tag.Length == Base64Url.GetEncodedLength(Bytes)
            && Base64Url.TryDecodeFromChars(tag, signature, out var written)
            && written == Bytes
            && keys.Verify(Message(tenant, stream, position), signature);
    }

    // No part can contain a line break, so no two positions share a message.
    private static byte[] Message(TenantId tenant, StreamId stream, StreamPosition position) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"position\n{tenant.StorageKey}\n{stream}\n{position.Version}\n{position.Commit}"));
}

using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace QANexus.EventStore.Appending;

/// <summary>SHA-256 over a list of parts. Every part goes in with its length before it, so that no two lists read the same.</summary>
internal sealed class FingerprintHash : IDisposable
{
    private const int ShortBytes = 16;

    /// <summary>No identifier is longer; only texts of the caller are.</summary>
    private const int StackChars = 200;

    private const int MaxBytesPerChar = 3;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(string? text)
    {
        if (text is null)
        {
            Add(-1);
        }
        else if (text.Length <= StackChars)
        {
            Span<byte> bytes = stackalloc byte[StackChars * MaxBytesPerChar];
            Add((ReadOnlySpan<byte>)bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }
        else
        {
            Add(Encoding.UTF8.GetBytes(text).AsSpan());
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        hash.AppendData(bytes);
    }

    public void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    /// <summary>The first 128 bits, base64url: enough to tell one caller's requests apart.</summary>
    public RequestFingerprint Finish() =>
        RequestFingerprint.FromHash(Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, ShortBytes)));

    /// <summary>All 256 bits, base64url.</summary>
    public string FinishInFull() => Base64Url.EncodeToString(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();
}

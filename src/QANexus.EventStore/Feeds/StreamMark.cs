using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Feeds;

/// <summary>
/// A stream in 16 bytes, for positions that name many: the first half of a SHA-256, so that nobody can make two streams whose marks are equal and
/// hide a commit of one behind the other's.
/// </summary>
internal readonly record struct StreamMark(UInt128 Hash)
{
    private const int HashBytes = 16;
    private const int EntryBytes = HashBytes + sizeof(long);

    public static StreamMark Of(StreamId stream) => new(
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(stream.ToString()))));

    /// <summary>Streams and numbers in base64url.</summary>
    public static string Format(ImmutableDictionary<StreamMark, long> numbers)
    {
        var bytes = new byte[numbers.Count * EntryBytes];
        var rest = bytes.AsSpan();
        foreach (var (mark, number) in numbers)
        {
            BinaryPrimitives.WriteUInt128BigEndian(rest, mark.Hash);
            BinaryPrimitives.WriteInt64BigEndian(rest[HashBytes..], number);
            rest = rest[EntryBytes..];
        }

        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParseAll(string text, out ImmutableDictionary<StreamMark, long> numbers)
    {
        var parsed = ImmutableDictionary.CreateBuilder<StreamMark, long>();
        numbers = ImmutableDictionary<StreamMark, long>.Empty;
        if (!Base64Url.IsValid(text, out var length) || length % EntryBytes != 0)
        {
            return false;
        }

        for (var rest = Base64Url.DecodeFromChars(text).AsSpan(); rest.Length > 0; rest = rest[EntryBytes..])
        {
            parsed[new StreamMark(BinaryPrimitives.ReadUInt128BigEndian(rest))] = BinaryPrimitives.ReadInt64BigEndian(rest[HashBytes..]);
        }

        numbers = parsed.ToImmutable();
        return true;
    }
}

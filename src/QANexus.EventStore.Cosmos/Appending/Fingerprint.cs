using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Appending;

/// <summary>
/// Digests of what a caller asked for, independent of everything that the store or its clock adds: they tell a repeat of a request from another
/// request under the same key.
/// </summary>
internal static class Fingerprint
{
    private const int Bytes = 16;

    /// <summary>128 bits of SHA-256 over stream, events and metadata as received, in base64url. Neither expectation nor actor is part of it.</summary>
    public static string Of(AppendRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, request.Stream.ToString());
        Add(hash, request.Metadata.CorrelationId);
        Add(hash, request.Metadata.CausationId);
        Add(hash, request.Metadata.Source);
        foreach (var e in request.Events)
        {
            Add(hash, e.Id?.Value);
            Add(hash, e.Type.Value);
            Add(hash, e.SchemaVersion ?? 0);
            Add(hash, e.OccurredAt?.UtcTicks ?? 0);
            Add(hash, e.Data.Utf8.Span);
            Add(hash, e.Metadata is { } metadata ? metadata.Utf8.Span : default);
        }

        return Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, Bytes));
    }

    /// <summary>The commit id of events that all bring their own ids: the same list of ids is the same append.</summary>
    public static CommitId DeriveCommitId(IReadOnlyList<NewEvent> events)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var e in events)
        {
            Add(hash, e.Id!.Value.Value);
        }

        return CommitId.Parse("events." + Base64Url.EncodeToString(hash.GetHashAndReset()));
    }

    private static void Add(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            Add(hash, -1);
        }
        else
        {
            Add(hash, Encoding.UTF8.GetBytes(text).AsSpan());
        }
    }

    /// <summary>Every part goes in with its length before it, so that no two lists of parts read the same.</summary>
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}

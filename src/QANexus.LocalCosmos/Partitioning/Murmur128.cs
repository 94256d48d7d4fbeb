using System.Buffers.Binary;
using System.Numerics;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>MurmurHash3, the 128-bit variant for 64-bit machines, seed 0: the hash that both sides of the protocol must agree on.</summary>
internal static class Murmur128
{
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    public static (ulong H1, ulong H2) Hash(ReadOnlySpan<byte> data)
    {
        ulong h1 = 0, h2 = 0;
        var rest = data;
        for (; rest.Length >= 16; rest = rest[16..])
        {
            h1 = ((BitOperations.RotateLeft(h1 ^ MixLow(BinaryPrimitives.ReadUInt64LittleEndian(rest)), 27) + h2) * 5) + 0x52dce729;
            h2 = ((BitOperations.RotateLeft(h2 ^ MixHigh(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..])), 31) + h1) * 5) + 0x38495ab5;
        }

        // Mixing a zero gives zero, so a padded tail hashes like the short one.
        Span<byte> tail = stackalloc byte[16];
        rest.CopyTo(tail);
        h1 ^= MixLow(BinaryPrimitives.ReadUInt64LittleEndian(tail));
        h2 ^= MixHigh(BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]));

        h1 ^= (ulong)data.Length;
        h2 ^= (ulong)data.Length;
        h1 += h2;
        h2 += h1;
        h1 = Finish(h1);
        h2 = Finish(h2);
        h1 += h2;
        h2 += h1;
        return (h1, h2);
    }

    private static ulong MixLow(ulong block) => BitOperations.RotateLeft(block * C1, 31) * C2;

    private static ulong MixHigh(ulong block) => BitOperations.RotateLeft(block * C2, 33) * C1;

    private static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}

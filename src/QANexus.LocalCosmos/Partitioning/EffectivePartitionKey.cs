using System.Buffers;
using System.Buffers.Binary;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>
/// A position in the hash space of a container: 16 bytes for each hashed component, compared byte by byte, the shorter first; printed as
/// upper-case hex. Bounds of ranges are positions too, of any length.
/// </summary>
internal readonly struct EffectivePartitionKey : IEquatable<EffectivePartitionKey>, IComparable<EffectivePartitionKey>
{
    public const int ComponentLength = 16;

    // A bound is at most the hash of a whole key and the end mark of a prefix.
    private const int MaxLength = (ComponentLength * PartitionKeyDefinition.MaxPaths) + 1;

    private readonly byte[]? _bytes;

    private EffectivePartitionKey(byte[] bytes) => _bytes = bytes;

    /// <summary>The start of the space; printed as an empty string.</summary>
    public static EffectivePartitionKey Minimum => default;

    /// <summary>The end of the space, which no key reaches: <c>FF</c>.</summary>
    public static EffectivePartitionKey Maximum { get; } = new([0xFF]);

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>
    /// Hashes a key. For a hierarchical key it may be a prefix: the result is then the start of the prefix's range.
    /// </summary>
    public static EffectivePartitionKey Of(PartitionKeyValue key, PartitionKeyKind kind)
    {
        using var buffer = new MemoryStream();
        if (kind == PartitionKeyKind.Hash)
        {
            foreach (var component in key.Components)
                component.AppendTo(buffer);
            var single = new byte[ComponentLength];
            Hash(buffer, single);
            return new EffectivePartitionKey(single);
        }

        var bytes = new byte[key.Components.Count * ComponentLength];
        for (var i = 0; i < key.Components.Count; i++)
        {
            buffer.SetLength(0);
            key.Components[i].AppendTo(buffer);
            Hash(buffer, bytes.AsSpan(i * ComponentLength, ComponentLength));
        }

        return new EffectivePartitionKey(bytes);
    }

    /// <summary>Takes stored bytes back.</summary>
    public static EffectivePartitionKey FromBytes(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    public static bool TryParse(string hex, out EffectivePartitionKey key)
    {
        key = default;
        if (hex.Length % 2 != 0 || hex.Length > 2 * MaxLength)
            return false;
        var bytes = new byte[hex.Length / 2];
        if (Convert.FromHexString(hex, bytes, out _, out _) != OperationStatus.Done)
            return false;
        key = new EffectivePartitionKey(bytes);
        return true;
    }

    /// <summary>The first position behind everything that starts with this one.</summary>
    public EffectivePartitionKey EndOfPrefix() => new([.. Bytes, 0xFF]);

    public int CompareTo(EffectivePartitionKey other) => Bytes.SequenceCompareTo(other.Bytes);

    public bool Equals(EffectivePartitionKey other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is EffectivePartitionKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public override string ToString() => Convert.ToHexString(Bytes);

    public static bool operator ==(EffectivePartitionKey left, EffectivePartitionKey right) => left.Equals(right);

    public static bool operator !=(EffectivePartitionKey left, EffectivePartitionKey right) => !left.Equals(right);

    public static bool operator <(EffectivePartitionKey left, EffectivePartitionKey right) => left.CompareTo(right) < 0;

    public static bool operator >(EffectivePartitionKey left, EffectivePartitionKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(EffectivePartitionKey left, EffectivePartitionKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EffectivePartitionKey left, EffectivePartitionKey right) => left.CompareTo(right) >= 0;

    private static void Hash(MemoryStream component, Span<byte> destination)
    {
        var (h1, h2) = Murmur128.Hash(component.GetBuffer().AsSpan(0, (int)component.Length));
        BinaryPrimitives.WriteUInt64BigEndian(destination, h2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], h1);
        // The two top bits are free for marks like the end of the space.
        destination[0] &= 0x3F;
    }
}

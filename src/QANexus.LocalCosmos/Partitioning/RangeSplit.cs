using System.Buffers.Binary;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Containers;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>Splits a physical partition in two. Documents stay where they are: they are stored by hash, not by partition.</summary>
internal static class RangeSplit
{
    /// <exception cref="ArgumentException">No such container.</exception>
    public static Container Find(Catalog catalog, string database, string container) =>
        (catalog.FindDatabase(database) is { } owner ? catalog.FindContainer(owner, container) : null)
        ?? throw new ArgumentException($"There is no container '{database}/{container}'.", nameof(container));

    /// <param name="account">Where.</param>
    /// <param name="database">The container's database.</param>
    /// <param name="container">The container.</param>
    /// <param name="rangeId">The physical partition.</param>
    /// <param name="at">Where the second half begins; null for the middle.</param>
    /// <exception cref="ArgumentException">No such range, one too narrow to be split, or no place inside it.</exception>
    public static Task ExecuteAsync(AccountData account, string database, string container, string rangeId, EffectivePartitionKey? at = null) =>
        account.ChangeAsync((connection, catalog) =>
        {
            var current = Find(catalog, database, container);
            var parent = current.FindRange(rangeId)
                ?? throw new ArgumentException($"The container has no partition key range '{rangeId}'.", nameof(rangeId));
            var middle = at ?? MiddleOf(parent.Keys);
            if (middle <= parent.Keys.Min || middle >= parent.Keys.Max)
                throw new ArgumentException($"'{middle}' is not inside the partition key range '{rangeId}'.", nameof(at));
            var nextId = current.Ranges.Max(range => range.Id) + 1;
            var parents = parent.Parents.Add(parent.Id);
            var children = new[]
            {
                new PartitionKeyRange(nextId, parent.Keys with { Max = middle }, parents),
                new PartitionKeyRange(nextId + 1, parent.Keys with { Min = middle }, parents),
            };
            CatalogTables.ReplaceRange(connection, current, parent, children);
            var split = current.WithRanges(
                [.. current.Ranges.Remove(parent).AddRange(children).OrderBy(range => range.Keys.Min)]);
            return new CatalogChange<Container>(split, catalog.With(split));
        });

    private static EffectivePartitionKey MiddleOf(EffectivePartitionKeyRange keys)
    {
        var low = Position(keys.Min);
        // Hashes have their two top bits clear: the space ends before the mark of its end.
        var high = keys.Max == EffectivePartitionKey.Maximum ? UInt128.One << 126 : Position(keys.Max);
        if (high - low < 2)
            throw new ArgumentException("The partition key range is too narrow to be split.", nameof(keys));
        Span<byte> bytes = stackalloc byte[EffectivePartitionKey.ComponentLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, low + ((high - low) / 2));
        return EffectivePartitionKey.FromBytes(bytes);
    }

    private static UInt128 Position(EffectivePartitionKey key)
    {
        Span<byte> bytes = stackalloc byte[EffectivePartitionKey.ComponentLength];
        key.Bytes[..Math.Min(key.Bytes.Length, bytes.Length)].CopyTo(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}

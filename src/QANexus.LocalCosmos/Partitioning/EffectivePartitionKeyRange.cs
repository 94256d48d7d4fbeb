using System.Runtime.InteropServices;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>A stretch of the hash space, start included, end not.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EffectivePartitionKeyRange(EffectivePartitionKey Min, EffectivePartitionKey Max)
{
    public static EffectivePartitionKeyRange Full => new(EffectivePartitionKey.Minimum, EffectivePartitionKey.Maximum);

    public bool IsEmpty => Min >= Max;

    /// <summary>All keys of a hierarchical container that begin with the given one.</summary>
    public static EffectivePartitionKeyRange OfPrefix(PartitionKeyValue prefix)
    {
        var start = EffectivePartitionKey.Of(prefix, PartitionKeyKind.MultiHash);
        return new EffectivePartitionKeyRange(start, start.EndOfPrefix());
    }

    public bool Contains(EffectivePartitionKey key) => key >= Min && key < Max;

    /// <summary>What both ranges cover; empty where they do not meet.</summary>
    public EffectivePartitionKeyRange Intersect(EffectivePartitionKeyRange other) =>
        new(Min >= other.Min ? Min : other.Min, Max <= other.Max ? Max : other.Max);
}

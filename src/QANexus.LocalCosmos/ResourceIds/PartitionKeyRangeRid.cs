using System.Runtime.InteropServices;

namespace QANexus.LocalCosmos.ResourceIds;

/// <summary>Resource id of a partition key range: its container's eight bytes and eight of its own, the last one 0x50.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PartitionKeyRangeRid(ContainerRid Container, ulong Number)
{
    public const int Length = 16;

    private const byte RangeMark = 0x50;

    public static bool TryParse(string text, out PartitionKeyRangeRid rid)
    {
        Span<byte> bytes = stackalloc byte[Length];
        rid = default;
        if (!RidText.TryParse(text, bytes) || bytes[15] != RangeMark)
            return false;
        var valid = ContainerRid.TryRead(bytes, out var container) & RidDigits.TryRead(bytes[8..15], out var number);
        rid = new PartitionKeyRangeRid(container, number);
        return valid;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Container.Write(bytes);
        RidDigits.Write(Number, bytes[8..15]);
        bytes[15] = RangeMark;
        return RidText.Print(bytes);
    }
}

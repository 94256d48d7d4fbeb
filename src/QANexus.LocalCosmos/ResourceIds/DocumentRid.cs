using System.Runtime.InteropServices;

namespace QANexus.LocalCosmos.ResourceIds;

/// <summary>
/// Resource id of a document: its container's eight bytes and eight of its own, little-endian, the top nibble 0.
/// Numbers grow in creation order, and printed ids decode to bytes in the same order: a client resumes an ORDER BY by them.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DocumentRid(ContainerRid Container, ulong Number)
{
    public const int Length = 16;

    public static bool TryParse(string text, out DocumentRid rid)
    {
        Span<byte> bytes = stackalloc byte[Length];
        rid = default;
        if (!RidText.TryParse(text, bytes) || (bytes[15] & 0xF0) != 0)
            return false;
        var valid = ContainerRid.TryRead(bytes, out var container) & RidDigits.TryRead(bytes[8..], out var number);
        rid = new DocumentRid(container, number);
        return valid;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Container.Write(bytes);
        RidDigits.Write(Number, bytes[8..]);
        if ((bytes[15] & 0xF0) != 0)
            throw new InvalidOperationException("The container has given out all its document numbers.");
        return RidText.Print(bytes);
    }
}

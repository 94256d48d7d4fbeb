using System.Runtime.InteropServices;

namespace QANexus.LocalCosmos.ResourceIds;

/// <summary>Resource id of a database: four bytes. Numbers count from 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DatabaseRid(uint Number)
{
    public const int Length = 4;

    public static bool TryParse(string text, out DatabaseRid rid)
    {
        Span<byte> bytes = stackalloc byte[Length];
        rid = default;
        return RidText.TryParse(text, bytes) && TryRead(bytes, out rid);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Write(bytes);
        return RidText.Print(bytes);
    }

    internal void Write(Span<byte> destination) => RidDigits.Write(Number, destination[..Length]);

    internal static bool TryRead(ReadOnlySpan<byte> source, out DatabaseRid rid)
    {
        var valid = RidDigits.TryRead(source[..Length], out var number);
        rid = new DatabaseRid((uint)number);
        return valid;
    }
}

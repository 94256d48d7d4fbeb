using System.Runtime.InteropServices;

namespace QANexus.LocalCosmos.ResourceIds;

/// <summary>Resource id of a container: its database's four bytes and four of its own. Numbers count from 1, up to 1,906,623 in a database.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContainerRid(DatabaseRid Database, uint Number)
{
    public const int Length = 8;

    // The bit tells a container from a user, the other kind of child that a database has.
    private const byte ContainerMark = 0x80;

    public static bool TryParse(string text, out ContainerRid rid)
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

    internal void Write(Span<byte> destination)
    {
        Database.Write(destination);
        destination[4] = ContainerMark;
        RidDigits.Write(Number, destination[5..Length]);
    }

    internal static bool TryRead(ReadOnlySpan<byte> source, out ContainerRid rid)
    {
        var valid = DatabaseRid.TryRead(source, out var database) & RidDigits.TryRead(source[5..Length], out var number);
        rid = new ContainerRid(database, (uint)number);
        return valid && source[4] == ContainerMark;
    }
}

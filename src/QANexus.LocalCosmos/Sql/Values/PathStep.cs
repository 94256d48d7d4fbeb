using System.Text;

namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>One step of a property path: a member name, encoded once, or the index of an array element.</summary>
internal readonly record struct PathStep(ReadOnlyMemory<byte> Name, int Index)
{
    public static PathStep Member(string name) => new(Encoding.UTF8.GetBytes(name), -1);

    public static PathStep Element(int index) => new(default, index);

    public bool IsElement => Index >= 0;
}

using System.Text;

namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>One step of a property path: a member name, encoded once, or the index of an array element.</summary>
internal readonly record struct PathStep(ReadOnlyMemory<byte> Name, int Index)
{
    public static PathStep Member(string name) => new(Encoding.UTF8.GetBytes(name), -1);

    /// <summary>The element at an index, of which the whole part counts; null where there can be none, as at a negative one.</summary>
    public static PathStep? Element(double index) => index is >= 0 and <= int.MaxValue ? new(default, (int)index) : null;

    public bool IsElement => Index >= 0;
}

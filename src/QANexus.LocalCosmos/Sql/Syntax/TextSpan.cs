using System.Runtime.InteropServices;

namespace QANexus.LocalCosmos.Sql.Syntax;

/// <summary>
/// Where in the query text something stands. Any two are equal: the place is no part of what an expression says, so two expressions that say
/// the same are equal wherever they stand.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct TextSpan(int start, int end) : IEquatable<TextSpan>
{
    public int Start { get; } = start;

    public int End { get; } = end;

    public TextSpan To(TextSpan last) => new(Start, last.End);

    public bool Equals(TextSpan other) => true;

    public override bool Equals(object? obj) => obj is TextSpan;

    public override int GetHashCode() => 0;
}

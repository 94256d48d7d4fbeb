using System.Collections;
using System.Runtime.CompilerServices;

namespace QANexus.LocalCosmos.Sql.Syntax;

/// <summary>A list that equals another with equal items, so that the records of a query's syntax compare by value all the way down.</summary>
[CollectionBuilder(typeof(Sequence), nameof(Sequence.Create))]
internal sealed class Sequence<T>(T[] items) : IReadOnlyList<T>, IEquatable<Sequence<T>>
{
    public int Count => items.Length;

    public T this[int index] => items[index];

    public bool Equals(Sequence<T>? other) => other is not null && this.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as Sequence<T>);

    public override int GetHashCode() => items.Aggregate(items.Length, HashCode.Combine);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}

internal static class Sequence
{
    public static Sequence<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}

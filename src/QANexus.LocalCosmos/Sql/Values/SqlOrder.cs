namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>Equality and order of values.</summary>
internal sealed class SqlOrder : IComparer<SqlValue>, IEqualityComparer<SqlValue>
{
    public static SqlOrder Instance { get; } = new();

    /// <summary>
    /// The order of ORDER BY: by type, then by value. Arrays and objects have no documented order; they compare by their elements here, so
    /// that the order is total and equal values are neighbours.
    /// </summary>
    public int Compare(SqlValue x, SqlValue y)
    {
        if (x.Type != y.Type)
            return x.Type.CompareTo(y.Type);
        return x.Type switch
        {
            SqlType.Boolean or SqlType.Number => x.Number.CompareTo(y.Number),
            SqlType.String => x.Text.Span.SequenceCompareTo(y.Text.Span),
            SqlType.Array => CompareArrays(x, y),
            SqlType.Object => CompareObjects(x, y),
            _ => 0,
        };
    }

    /// <summary>Deep equality; numbers by value, objects whatever the order of their members. Undefined equals undefined here.</summary>
    public bool Equals(SqlValue x, SqlValue y)
    {
        if (x.Type != y.Type)
            return false;
        return x.Type switch
        {
            SqlType.Boolean or SqlType.Number => x.Number == y.Number,
            SqlType.String => x.Text.Span.SequenceEqual(y.Text.Span),
            SqlType.Array => CompareArrays(x, y) == 0,
            SqlType.Object => CompareObjects(x, y) == 0,
            _ => true,
        };
    }

    public int GetHashCode(SqlValue obj)
    {
        var hash = new HashCode();
        AddTo(ref hash, obj);
        return hash.ToHashCode();
    }

    private static void AddTo(ref HashCode hash, SqlValue value)
    {
        hash.Add(value.Type);
        switch (value.Type)
        {
            case SqlType.Boolean or SqlType.Number:
                // Both zeros are equal and must hash alike.
                hash.Add(value.Number == 0 ? 0d : value.Number);
                break;
            case SqlType.String:
                hash.AddBytes(value.Text.Span);
                break;
            case SqlType.Array:
                foreach (var item in new ArrayItems(value))
                    AddTo(ref hash, item);
                break;
            case SqlType.Object:
                foreach (var member in SortedMembers(value))
                {
                    hash.AddBytes(member.Name.Span);
                    AddTo(ref hash, member.Value);
                }

                break;
        }
    }

    private int CompareArrays(SqlValue x, SqlValue y)
    {
        var left = new ArrayItems(x);
        var right = new ArrayItems(y);
        while (left.MoveNext())
        {
            if (!right.MoveNext())
                return 1;
            if (Compare(left.Current, right.Current) is var order and not 0)
                return order;
        }

        return right.MoveNext() ? -1 : 0;
    }

    private int CompareObjects(SqlValue x, SqlValue y)
    {
        var left = SortedMembers(x);
        var right = SortedMembers(y);
        for (int i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (left[i].Name.Span.SequenceCompareTo(right[i].Name.Span) is var name and not 0)
                return name;
            if (Compare(left[i].Value, right[i].Value) is var value and not 0)
                return value;
        }

        return left.Count.CompareTo(right.Count);
    }

    private static List<SqlMember> SortedMembers(SqlValue value)
    {
        var members = new List<SqlMember>();
        foreach (var member in new ObjectMembers(value))
            members.Add(member);
        members.Sort(static (a, b) => a.Name.Span.SequenceCompareTo(b.Name.Span));
        return members;
    }
}

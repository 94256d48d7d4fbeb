namespace QANexus.LocalCosmos.Querying;

/// <summary>The order of the bytes, in which the store sorts text. UTF-16 units sort the same but for characters beyond the basic plane.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    public int Compare(string? x, string? y)
    {
        var left = x!.EnumerateRunes();
        var right = y!.EnumerateRunes();
        while (left.MoveNext())
        {
            if (!right.MoveNext())
                return 1;
            if (left.Current != right.Current)
                return left.Current.CompareTo(right.Current);
        }

        return right.MoveNext() ? -1 : 0;
    }
}

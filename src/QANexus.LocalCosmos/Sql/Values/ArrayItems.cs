namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>Steps through the elements of an array, one at a time, without reading what lies behind.</summary>
internal struct ArrayItems
{
    private readonly ReadOnlyMemory<byte> json;
    private readonly IReadOnlyList<SqlValue>? items;
    private int position;

    public ArrayItems(SqlValue array)
    {
        if (!array.IsArray)
            items = [];
        else if (array.IsRaw)
            json = array.Text;
        else
            items = array.Items;
        position = items is null ? 1 : 0;
        Current = default;
    }

    public SqlValue Current { get; private set; }

    public readonly ArrayItems GetEnumerator() => this;

    public bool MoveNext()
    {
        if (items is not null)
        {
            if (position == items.Count)
                return false;
            Current = items[position++];
            return true;
        }

        var span = json.Span;
        int start = JsonText.SkipWhitespace(span, position);
        if (span[start] == (byte)',')
            start = JsonText.SkipWhitespace(span, start + 1);
        if (span[start] == (byte)']')
            return false;
        position = JsonText.SkipValue(span, start);
        Current = JsonText.Read(json, start, position);
        return true;
    }
}

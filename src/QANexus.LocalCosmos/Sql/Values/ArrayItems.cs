namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>Steps through the elements of an array, one at a time, without reading what lies behind.</summary>
internal struct ArrayItems
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly IReadOnlyList<SqlValue>? _items;
    private int _position;

    public ArrayItems(SqlValue array)
    {
        if (!array.IsArray)
            _items = [];
        else if (array.IsRaw)
            _json = array.Text;
        else
            _items = array.Items;
        _position = _items is null ? 1 : 0;
        Current = default;
    }

    public SqlValue Current { get; private set; }

    public readonly ArrayItems GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_items is not null)
        {
            if (_position == _items.Count)
                return false;
            Current = _items[_position++];
            return true;
        }

        var span = _json.Span;
        int start = JsonText.SkipWhitespace(span, _position);
        if (span[start] == (byte)',')
            start = JsonText.SkipWhitespace(span, start + 1);
        if (span[start] == (byte)']')
            return false;
        _position = JsonText.SkipValue(span, start);
        Current = JsonText.Read(_json, start, _position);
        return true;
    }
}

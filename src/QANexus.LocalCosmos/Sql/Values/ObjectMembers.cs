namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>Steps through the members of an object in their order.</summary>
internal struct ObjectMembers
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly IReadOnlyList<SqlMember>? _members;
    private int _position;

    public ObjectMembers(SqlValue value)
    {
        if (!value.IsObject)
            _members = [];
        else if (value.IsRaw)
            _json = value.Text;
        else
            _members = value.Members;
        _position = _members is null ? 1 : 0;
        Current = default;
    }

    public SqlMember Current { get; private set; }

    public readonly ObjectMembers GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_members is not null)
        {
            if (_position == _members.Count)
                return false;
            Current = _members[_position++];
            return true;
        }

        var span = _json.Span;
        int start = JsonText.SkipWhitespace(span, _position);
        if (span[start] == (byte)',')
            start = JsonText.SkipWhitespace(span, start + 1);
        if (span[start] == (byte)'}')
            return false;
        int nameEnd = JsonText.SkipString(span, start);
        int valueStart = JsonText.SkipWhitespace(span, JsonText.SkipWhitespace(span, nameEnd) + 1);
        _position = JsonText.SkipValue(span, valueStart);
        Current = new SqlMember(JsonText.Unescape(_json[(start + 1)..(nameEnd - 1)]), JsonText.Read(_json, valueStart, _position));
        return true;
    }
}

namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>Steps through the members of an object in their order.</summary>
internal struct ObjectMembers
{
    private readonly ReadOnlyMemory<byte> json;
    private readonly IReadOnlyList<SqlMember>? members;
    private int position;

    public ObjectMembers(SqlValue value)
    {
        if (!value.IsObject)
            members = [];
        else if (value.IsRaw)
            json = value.Text;
        else
            members = value.Members;
        position = members is null ? 1 : 0;
        Current = default;
    }

    public SqlMember Current { get; private set; }

    public readonly ObjectMembers GetEnumerator() => this;

    public bool MoveNext()
    {
        if (members is not null)
        {
            if (position == members.Count)
                return false;
            Current = members[position++];
            return true;
        }

        var span = json.Span;
        int start = JsonText.SkipWhitespace(span, position);
        if (span[start] == (byte)',')
            start = JsonText.SkipWhitespace(span, start + 1);
        if (span[start] == (byte)'}')
            return false;
        int nameEnd = JsonText.SkipString(span, start);
        int valueStart = JsonText.SkipWhitespace(span, JsonText.SkipWhitespace(span, nameEnd) + 1);
        position = JsonText.SkipValue(span, valueStart);
        Current = new SqlMember(JsonText.Unescape(json[(start + 1)..(nameEnd - 1)]), JsonText.Read(json, valueStart, position));
        return true;
    }
}

namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>Follows a property path into a value; what is not there is undefined.</summary>
internal static class PropertyPath
{
    public static SqlValue Follow(SqlValue value, ReadOnlySpan<PathStep> steps)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            if (value.Type < SqlType.Array)
                return SqlValue.Undefined;
            if (value.IsRaw)
                return FollowRaw(value.Text, steps[i..]);
            value = steps[i].IsElement ? FollowElement(value, steps[i].Index) : FollowMember(value, steps[i].Name.Span);
        }

        return value;
    }

    private static SqlValue FollowElement(SqlValue value, int index) =>
        value.IsArray && index < value.Items.Count ? value.Items[index] : SqlValue.Undefined;

    private static SqlValue FollowMember(SqlValue value, ReadOnlySpan<byte> name)
    {
        if (!value.IsObject)
            return SqlValue.Undefined;
        foreach (var member in value.Members)
        {
            if (member.Name.Span.SequenceEqual(name))
                return member.Value;
        }

        return SqlValue.Undefined;
    }

    /// <summary>Goes all the way down in the JSON text and makes a value only of what lies at the end of the path.</summary>
    private static SqlValue FollowRaw(ReadOnlyMemory<byte> json, ReadOnlySpan<PathStep> steps)
    {
        var span = json.Span;
        int position = JsonText.SkipWhitespace(span, 0);
        foreach (var step in steps)
        {
            position = step.IsElement ? FindElement(span, position, step.Index) : FindMember(span, position, step.Name.Span);
            if (position < 0)
                return SqlValue.Undefined;
        }

        return JsonText.Read(json, position, JsonText.SkipValue(span, position));
    }

    private static int FindElement(ReadOnlySpan<byte> json, int position, int index)
    {
        if (json[position] != (byte)'[')
            return -1;
        position = JsonText.SkipWhitespace(json, position + 1);
        while (json[position] != (byte)']')
        {
            if (index-- == 0)
                return position;
            position = JsonText.SkipWhitespace(json, JsonText.SkipValue(json, position));
            if (json[position] == (byte)',')
                position = JsonText.SkipWhitespace(json, position + 1);
        }

        return -1;
    }

    private static int FindMember(ReadOnlySpan<byte> json, int position, ReadOnlySpan<byte> name)
    {
        if (json[position] != (byte)'{')
            return -1;
        position = JsonText.SkipWhitespace(json, position + 1);
        while (json[position] != (byte)'}')
        {
            int nameEnd = JsonText.SkipString(json, position);
            bool found = NameEquals(json[(position + 1)..(nameEnd - 1)], name);
            position = JsonText.SkipWhitespace(json, JsonText.SkipWhitespace(json, nameEnd) + 1);
            if (found)
                return position;
            position = JsonText.SkipWhitespace(json, JsonText.SkipValue(json, position));
            if (json[position] == (byte)',')
                position = JsonText.SkipWhitespace(json, position + 1);
        }

        return -1;
    }

    private static bool NameEquals(ReadOnlySpan<byte> written, ReadOnlySpan<byte> name)
    {
        if (written.SequenceEqual(name))
            return true;
        // A written name is never shorter than what it stands for, so most names need no unescaping to be told apart.
        return written.Length > name.Length && written.Contains((byte)'\\') &&
            JsonText.Unescape(written.ToArray()).Span.SequenceEqual(name);
    }
}

using System.Globalization;
using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>What the members of a SELECT list's objects are called: the alias, the last name of a path, else $1, $2, ...</summary>
internal static class ItemNames
{
    public static IReadOnlyList<string> Of(SelectList list)
    {
        var names = new List<string>();
        int unnamed = 0;
        foreach (var item in list.Items)
        {
            string name = item.Alias ?? item.Expression switch
            {
                Identifier identifier => identifier.Name,
                Member member => member.Name,
                _ => string.Create(CultureInfo.InvariantCulture, $"${++unnamed}"),
            };
            if (names.Contains(name))
                throw Duplicate(name, item.NameSpan);
            names.Add(name);
        }

        return names;
    }

    public static SqlException Duplicate(string name, TextSpan span) =>
        new("SC2022", $"Object creation error, property name '{name}' specified more than once.", span.Start, span.End);
}

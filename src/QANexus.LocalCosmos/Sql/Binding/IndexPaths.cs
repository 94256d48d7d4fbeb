using System.Text;
using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>Property paths as an indexing policy writes them: <c>/a/b</c>, <c>/tags/[]</c>, <c>/"odd name"</c>.</summary>
internal static class IndexPaths
{
    /// <summary>The path of a property reference; null where it does not lead into a document.</summary>
    public static string? Of(Expression path, Scope scope)
    {
        var steps = new Stack<string>();
        while (true)
        {
            switch (path)
            {
                case Member member:
                    steps.Push(Step(member.Name));
                    path = member.Target;
                    break;
                case Element element:
                    steps.Push("/[]");
                    path = element.Target;
                    break;
                case Identifier identifier when scope.TryResolve(identifier.Name, out var set) && set.IndexPath is not null:
                    return set.IndexPath + string.Concat(steps);
                default:
                    return null;
            }
        }
    }

    private static string Step(string name) =>
        name.Length > 0 && name.All(static c => char.IsLetterOrDigit(c) || c is '_' or '$' or '-')
            ? "/" + name
            : new StringBuilder("/").Append(Printer.Quote(name)).ToString();
}

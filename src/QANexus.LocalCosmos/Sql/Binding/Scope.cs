using System.Diagnostics.CodeAnalysis;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>The input sets that a query sees: its own and, in a subquery, those around it.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<string, InputSet> _own = new(StringComparer.Ordinal);

    private (string Name, InputSet Document)? _hidden;

    /// <summary>The sets that this query's own FROM introduced, in that order, those without a name too.</summary>
    public List<InputSet> Own { get; } = [];

    /// <summary>Whether anything has been introduced yet, here or around: before that, a name in FROM is the container's.</summary>
    public bool IsEmpty => Own.Count == 0 && (outer is null || outer.IsEmpty);

    public bool TryAdd(string? name, InputSet set)
    {
        Own.Add(set);
        return name is null || _own.TryAdd(name, set);
    }

    public bool TryResolve(string name, [NotNullWhen(true)] out InputSet? set) =>
        _own.TryGetValue(name, out set) || (outer is not null && outer.TryResolve(name, out set));

    /// <summary>Notes the document behind a path such as <c>FROM c.items</c>, where the query sees only the items.</summary>
    public void HideRoot(string name, InputSet document) => _hidden = (name, document);

    /// <summary>Finds a hidden document, of which a rewritten ORDER BY asks the <c>_rid</c>.</summary>
    public bool TryResolveHidden(string name, [NotNullWhen(true)] out InputSet? document)
    {
        document = _hidden is { } root && root.Name == name ? root.Document : null;
        return document is not null;
    }

    public bool IsOwn(string name) => _own.ContainsKey(name);
}

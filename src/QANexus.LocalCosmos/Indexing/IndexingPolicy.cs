using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Indexing;

/// <summary>
/// Which values of a document are indexed. It decides what a write costs and which properties a query may sort by. <c>id</c> and <c>_ts</c>
/// are indexed whatever the paths say.
/// </summary>
internal sealed partial class IndexingPolicy
{
    private readonly PathRules _rules = new();
    private readonly List<IReadOnlyList<CompositePath>> _composites = [];
    private bool _isOff;

    private IndexingPolicy()
    {
    }

    /// <summary>Everything indexed but the ETag: what a container gets that asks for nothing.</summary>
    public static IndexingPolicy Default { get; } = CreateDefault();

    public IReadOnlyList<IReadOnlyList<CompositePath>> CompositeIndexes => _composites;

    /// <summary>Reads a container's <c>indexingPolicy</c> member; on failure the reason is text for a 400.</summary>
    public static bool TryParse(
        JsonElement element, [NotNullWhen(true)] out IndexingPolicy? policy, [NotNullWhen(false)] out string? reason)
    {
        var candidate = new IndexingPolicy();
        reason = candidate.Read(element);
        policy = reason is null ? candidate : null;
        return policy is not null;
    }

    /// <summary>
    /// Whether the scalar at a path such as <c>/a/b</c>, <c>/a/[]/b</c> or <c>/"odd name"</c> is indexed; a trailing <c>/?</c> is allowed.
    /// </summary>
    public bool IsIndexed(string path)
    {
        var stem = path.EndsWith("/?", StringComparison.Ordinal) ? path[..^2] : path;
        if (!PropertyPath.TryParse(stem, out var property))
            return false;
        if (property.Segments is ["id"] or ["_ts"])
            return !_isOff;
        var inherited = _rules.Inherited(false);
        PathRules? node = _rules;
        foreach (var segment in property.Segments.SkipLast(1))
        {
            node = node?.Child(segment);
            inherited = node?.Inherited(inherited) ?? inherited;
        }

        node = node?.Child(property.Segments[^1]);
        return !_isOff && (node?.IsIndexed(inherited) ?? inherited);
    }

    /// <summary>
    /// Whether there is a composite index of just these columns in this order, each in its direction or each in the other one. A longer index does not
    /// serve a shorter order, nor an order that starts with other columns: the service's rule.
    /// </summary>
    public bool HasCompositeIndex(IReadOnlyList<(PropertyPath? Path, bool IsDescending)> columns) =>
        !_isOff && _composites.Any(composite => composite.Count == columns.Count
            && (Serves(composite, columns, backwards: false) || Serves(composite, columns, backwards: true)));

    /// <summary>Collects the terms of a document without system properties.</summary>
    public IndexTerms CollectTerms(JsonElement document)
    {
        var terms = new IndexTerms(indexesTimestamp: !_isOff);
        if (_isOff)
            return terms;
        // Seldom does a term with its path take more than the document.
        using var term = new MemoryStream(JsonMarshal.GetRawUtf8Value(document).Length);
        Collect(document, _rules, _rules.Inherited(false), isRoot: true, term, terms);
        return terms;
    }

    /// <summary>Terms of a document without system properties: one for each indexed scalar, equal ones once, and <c>_ts</c>.</summary>
    public int CountTerms(JsonElement document) => CollectTerms(document).Count;

    private static bool Serves(IReadOnlyList<CompositePath> composite, IReadOnlyList<(PropertyPath? Path, bool IsDescending)> columns, bool backwards) =>
        composite.Zip(columns).All(pair => pair.First.Path.Equals(pair.Second.Path) && pair.First.IsDescending == (pair.Second.IsDescending != backwards));

    // The stream holds the path so far and is cut back to it after each value.
    private static void Collect(JsonElement value, PathRules? node, bool inherited, bool isRoot, MemoryStream path, IndexTerms terms)
    {
        var length = path.Length;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    var child = node?.Child(property.Name);
                    var always = isRoot && property.NameEquals("id"u8);
                    if (child is null && !inherited && !always)
                        continue;
                    path.WriteByte((byte)'/');
                    path.Write(Encoding.UTF8.GetBytes(property.Name));
                    Visit(property.Value, child, inherited, always, path, terms);
                    path.SetLength(length);
                }

                break;
            case JsonValueKind.Array:
                var elements = node?.Child(PathRules.Element);
                if (elements is null && !inherited)
                    break;
                path.WriteByte(0xFE);
                foreach (var element in value.EnumerateArray())
                    Visit(element, elements, inherited, always: false, path, terms);
                break;
        }

        path.SetLength(length);
    }

    private static void Visit(JsonElement value, PathRules? node, bool inherited, bool always, MemoryStream path, IndexTerms terms)
    {
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            Collect(value, node, node?.Inherited(inherited) ?? inherited, isRoot: false, path, terms);
            return;
        }

        if (!always && !(node?.IsIndexed(inherited) ?? inherited))
            return;
        var length = path.Length;
        // A byte that no UTF-8 has parts the path from the value.
        path.WriteByte(0xFF);
        CanonicalValue.Append(value, path);
        terms.Add(path.GetBuffer().AsSpan(0, (int)path.Length));
        path.SetLength(length);
    }

    private static IndexingPolicy CreateDefault()
    {
        var policy = new IndexingPolicy();
        policy.AddDefaultPaths();
        return policy;
    }
}

using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Indexing;

/// <summary>
/// Included and excluded paths as a tree, one level for each segment. A rule is about the value at its node (<c>/?</c>) or about
/// everything from the node on down (<c>/*</c>); the deepest rule on the way to a value decides, and at one node the one about the value itself.
/// </summary>
internal sealed class PathRules
{
    /// <summary>The segment that stands for every element of an array.</summary>
    public const string Element = "[]";

    private readonly Dictionary<string, PathRules> _children = new(StringComparer.Ordinal);
    private bool? _value;
    private bool? _subtree;

    /// <summary>What becomes of a value here, given the rule that its parent hands down.</summary>
    public bool IsIndexed(bool inherited) => _value ?? _subtree ?? inherited;

    /// <summary>The rule that this node hands down.</summary>
    public bool Inherited(bool fromParent) => _subtree ?? fromParent;

    public PathRules? Child(string segment) => _children.GetValueOrDefault(segment);

    /// <summary>Whether there is a rule for everything, which the service demands.</summary>
    public bool HasRoot => _subtree is not null;

    /// <summary>Adds a rule as policies write it: <c>/a/?</c>, <c>/a/[]/b/?</c>, <c>/"odd name"/*</c>, <c>/*</c>. False where it is none.</summary>
    public bool TryAdd(string text, bool included)
    {
        var isSubtree = text.EndsWith("/*", StringComparison.Ordinal);
        if (!isSubtree && !text.EndsWith("/?", StringComparison.Ordinal))
            return false;
        var node = this;
        var stem = text[..^2];
        if (stem.Length > 0)
        {
            if (!PropertyPath.TryParse(stem, out var path) || path.Segments.Any(s => s is "*" or "?"))
                return false;
            foreach (var segment in path.Segments)
            {
                if (!node._children.TryGetValue(segment, out var child))
                    node._children[segment] = child = new PathRules();
                node = child;
            }
        }
        else if (!isSubtree)
        {
            return false;
        }

        if (isSubtree)
            node._subtree = included;
        else
            node._value = included;
        return true;
    }
}

using System.Text.Json;

namespace QANexus.LocalCosmos.Items.Patching;

internal enum PatchOperationKind
{
    Add,
    Set,
    Replace,
    Remove,
    Increment,
    Move,
}

/// <summary>One change of a document. <paramref name="Value"/> is set for all kinds but remove and move, <paramref name="From"/> for move alone.</summary>
internal sealed record PatchOperation(PatchOperationKind Kind, JsonPointer Path, JsonPointer? From, JsonElement Value);

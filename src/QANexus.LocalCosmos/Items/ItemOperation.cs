namespace QANexus.LocalCosmos.Items;

internal enum ItemOperationKind
{
    Create,
    Upsert,
    Read,
    Replace,
    Delete,
    Patch,
}

/// <summary>One operation on one item, alone or in a batch, as the client sent it.</summary>
internal sealed record ItemOperation(ItemOperationKind Kind)
{
    /// <summary>The item that is meant; null where the body names it (create, upsert).</summary>
    public string? Id { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? IfMatch { get; init; }

    public string? IfNoneMatch { get; init; }

    /// <summary>The answer brings the ETag and no body.</summary>
    public bool PrefersMinimalReturn { get; init; }
}

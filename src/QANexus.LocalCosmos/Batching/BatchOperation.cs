namespace QANexus.LocalCosmos.Batching;

/// <summary>Operation types by their numbers on the wire.</summary>
internal enum BatchOperationType
{
    Create = 0,
    Patch = 1,
    Read = 2,
    Delete = 4,
    Replace = 5,
    Upsert = 20,
}

/// <summary>One operation of a transactional batch or of a bulk request. The body is a slice of the request's.</summary>
internal sealed record BatchOperation(BatchOperationType Type)
{
    /// <summary>The key's JSON; set in bulk, where each operation has its own, and absent in a transactional batch.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>Absent where the body brings the id: create and upsert.</summary>
    public string? Id { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? IndexingDirective { get; init; }

    public string? IfMatch { get; init; }

    public string? IfNoneMatch { get; init; }

    public int? TimeToLiveSeconds { get; init; }

    /// <summary>The result carries the ETag and no body.</summary>
    public bool PrefersMinimalReturn { get; init; }
}

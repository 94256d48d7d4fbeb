namespace QANexus.LocalCosmos.Sql;

/// <summary>The documents that are in a query's scope: a logical partition, a range of partition keys, or a whole container.</summary>
internal interface IDocumentSource
{
    /// <summary>Whether all documents share one full partition key, so that ids are unique among them.</summary>
    bool IsSingleLogicalPartition { get; }

    /// <summary>Yields lazily: a query stops reading as soon as its page is full.</summary>
    IEnumerable<SourceDocument> Scan(ScanRequest request);
}

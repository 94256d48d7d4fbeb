namespace QANexus.LocalCosmos.Sql;

/// <summary>
/// A document as the storage yields it. <paramref name="Number"/> grows in creation order, <paramref name="Rid"/> is its printed form, and
/// <paramref name="Body"/> is the whole JSON text including the system properties; it must be valid JSON and must not change while a query runs.
/// </summary>
internal readonly record struct SourceDocument(ulong Number, string Id, string Rid, ReadOnlyMemory<byte> Body);

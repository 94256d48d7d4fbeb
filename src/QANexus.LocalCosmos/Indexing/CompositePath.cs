using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Indexing;

/// <summary>One column of a composite index.</summary>
internal sealed record CompositePath(PropertyPath Path, bool IsDescending);

namespace QANexus.LocalCosmos.Batching;

/// <summary>A batch request that is not one, or has more operations than one may have. The message is text for a 400.</summary>
internal sealed class BatchFormatException(string message) : Exception(message);

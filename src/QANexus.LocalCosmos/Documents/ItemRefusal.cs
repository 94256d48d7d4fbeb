namespace QANexus.LocalCosmos.Documents;

/// <summary>Why a body cannot be stored, as the status and text of the answer: 400, or 413 for one beyond the size limit.</summary>
internal sealed record ItemRefusal(int StatusCode, string Reason);

namespace QANexus.EventStore.Json;

/// <summary>Why a text is not acceptable JSON, and where.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) of the offending value, empty for the whole text.</param>
/// <param name="Message">What is wrong, in words for the sender.</param>
public sealed record JsonViolation(string Pointer, string Message);

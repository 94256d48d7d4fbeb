namespace QANexus.EventStore.Appending;

/// <summary>One thing wrong with an append.</summary>
/// <param name="Pointer">JSON pointer into the request, <c>/events/0/data</c> for one.</param>
/// <param name="Message">What is wrong, in words for the caller.</param>
/// <param name="IsTooLarge">It is a limit of size or number that is broken, not a rule of form.</param>
public sealed record AppendViolation(string Pointer, string Message, bool IsTooLarge = false);

using QANexus.EventStore.Appending;

namespace QANexus.EventStore.Failures;

/// <summary>An append that breaks a rule or a limit. Nothing was written, and repeating it unchanged will not help.</summary>
public sealed class InvalidAppendException(IReadOnlyList<AppendViolation> violations)
    : EventStoreException("The append is not valid: " + string.Join("; ", violations.Select(static v => $"{v.Pointer} {v.Message}")))
{
    /// <summary>What is wrong, at least one entry.</summary>
    public IReadOnlyList<AppendViolation> Violations { get; } = violations;
}

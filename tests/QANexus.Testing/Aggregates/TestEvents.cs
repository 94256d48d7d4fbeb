using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;

namespace QANexus.Testing.Aggregates;

/// <summary>How events are compared and shown in a test's message.</summary>
internal static class TestEvents
{
    public static JsonObjectText Redacted { get; } = JsonObjectText.Parse("""{"redacted":true}""");

    /// <summary>One a line: type and data, and what else was said of it.</summary>
    public static string Show(IReadOnlyList<NewEvent> events) => events.Count == 0
        ? "  (none)"
        : string.Join('\n', events.Select(static e => $"  {Show(e)}"));

    private static string Show(NewEvent e) => string.Concat(
        $"{e.Type} {e.Data}",
        e.Id is { } id ? $" id {id}" : string.Empty,
        e.OccurredAt is { } time ? $" at {time:O}" : string.Empty,
        e.Metadata is { } metadata ? $" metadata {metadata}" : string.Empty);
}

using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.RequestUnits;

/// <summary>Events of an exact size.</summary>
public static class MeasuredEvents
{
    /// <summary>The usual size of an event's data, in bytes.</summary>
    public const int DataBytes = 400;

    private static readonly EventType[] ThreeTypes = [.. new[] { "RequirementAnalyzed", "RequirementCommented", "RequirementViewed" }.Select(EventType.Parse)];

    public static EventType Analyzed { get; } = ThreeTypes[0];

    /// <summary>Nobody folds or handles these.</summary>
    public static EventType Viewed { get; } = ThreeTypes[2];

    /// <summary>One event.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="number">From 0 to 99: tells it apart.</param>
    /// <param name="dataBytes">Bytes of its data.</param>
    public static NewEvent One(EventType type, int number = 0, int dataBytes = DataBytes) => new()
    {
        Type = type,
        Data = JsonObjectText.Parse($$"""{"score":{{number + 100}},"text":"{{new string('x', dataBytes - 23)}}"}"""),
    };

    /// <summary>Events of one type.</summary>
    public static IReadOnlyList<NewEvent> Analyses(int count) => [.. Enumerable.Range(0, count).Select(static n => One(Analyzed, n % 100))];

    /// <summary>Events of three types in turn.</summary>
    public static IReadOnlyList<NewEvent> OfThreeTypes(int count) => [.. Enumerable.Range(0, count).Select(static n => One(ThreeTypes[n % 3], n % 100))];
}

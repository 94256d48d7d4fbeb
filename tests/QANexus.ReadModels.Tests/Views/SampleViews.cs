using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Tests.Views;

/// <summary>What the sample views keep: texts of events, by their version.</summary>
internal sealed record Notes(IReadOnlyDictionary<string, string> Texts)
{
    public static Notes With(Notes? notes, RecordedEvent e, string text) =>
        new(new SortedDictionary<string, string>(notes?.Texts.ToDictionary() ?? [], StringComparer.Ordinal) { [KeyOf(e)] = text });

    public static Notes? Without(Notes? notes, RecordedEvent e) => notes is null
        ? null
        : new Notes(new SortedDictionary<string, string>(notes.Texts.Where(pair => pair.Key != KeyOf(e)).ToDictionary(), StringComparer.Ordinal));

    public static string TextOf(RecordedEvent e)
    {
        using var data = JsonDocument.Parse(e.Data.Utf8);
        return data.RootElement.GetProperty("text").GetString()!;
    }

    private static string KeyOf(RecordedEvent e) => string.Create(CultureInfo.InvariantCulture, $"{e.Stream}:{e.Version}");
}

[JsonSerializable(typeof(Notes))]
internal sealed partial class NotesJson : JsonSerializerContext;

/// <summary>Keeps the text of every event of a stream in the stream's document; a text "poison" is more than it can bear, until it is fixed.</summary>
internal sealed class NotesOfStream() : StreamProjection<Notes>(Name, NotesJson.Default.Notes, eventTypes: null)
{
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("notes-of-stream");

    public static AsyncLocal<bool> IsFixed { get; } = new();

    protected override Notes Apply(Notes? document, RecordedEvent e) => Notes.TextOf(e) is "poison" && !IsFixed.Value
        ? throw new FormatException("poison")
        : Notes.With(document, e, Notes.TextOf(e));
}

/// <summary>Keeps the texts of all streams in as many documents as the event asks for.</summary>
internal sealed class NotesOfAll() : CrossStreamProjection<Notes>(Name, NotesJson.Default.Notes, eventTypes: null)
{
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("notes-of-all");

    protected override IEnumerable<ViewId> DocumentsOf(RecordedEvent e) => e.Type.Value == "Fan"
        ? Enumerable.Range(0, 50).Select(n => ViewId.Parse(string.Create(CultureInfo.InvariantCulture, $"{e.Version}-{n:D2}")))
        : [ViewId.Parse("all")];

    protected override Notes Apply(ViewId id, Notes? document, RecordedEvent e) => Notes.With(document, e, Notes.TextOf(e));

    protected override Notes? Redact(ViewId id, Notes? document, RecordedEvent e) => Notes.Without(document, e);
}

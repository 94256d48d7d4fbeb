using System.Text.Json;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;

namespace QANexus.Api.Streams;

/// <summary>Reads the body of an append token by token, and goes on after a mistake to find the others.</summary>
internal ref struct AppendBodyReader
{
    /// <summary>Mistakes that are reported; a body of nothing else would only be sent back.</summary>
    private const int MaxViolations = 100;

    private static readonly string[] BodyMembers = ["events", "metadata"];
    private static readonly string[] MetadataMembers = ["correlationId", "causationId", "source"];
    private static readonly string[] EventMembers = ["eventId", "type", "schemaVersion", "occurredAt", "data", "metadata"];

    private readonly ReadOnlyMemory<byte> utf8;
    private readonly List<AppendViolation> violations = [];
    private Utf8JsonReader reader;

    public AppendBodyReader(ReadOnlyMemory<byte> utf8)
    {
        this.utf8 = utf8;
        // Depth is judged with a pointer, per event; the reader itself keeps one bit a level.
        reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
    }

    /// <summary>What is wrong with the body, in its order.</summary>
    public readonly IReadOnlyList<AppendViolation> Violations => violations;

    /// <summary>The body, complete where there are no <see cref="Violations"/>.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public AppendBody Read()
    {
        reader.Read();
        var body = new AppendBody([], CorrelationId: null, CausationId: null, Source: null);
        if (Enter(string.Empty))
        {
            var seen = 0u;
            while (NextMember(string.Empty, BodyMembers, ref seen, out var name))
            {
                body = name == "events" ? body with { Events = ReadEvents() } : ReadMetadata(body);
            }

            Require(string.Empty, BodyMembers, "events", seen);
        }

        // Whatever follows the value is an error that the reader raises.
        while (reader.Read())
        {
        }

        return body;
    }

    private AppendBody ReadMetadata(AppendBody body)
    {
        const string Pointer = "/metadata";
        var seen = 0u;
        for (var inside = Enter(Pointer); inside && NextMember(Pointer, MetadataMembers, ref seen, out var name);)
        {
            var value = ReadString(Pointer + "/" + name);
            body = name switch
            {
                "correlationId" => body with { CorrelationId = value },
                "causationId" => body with { CausationId = value },
                _ => body with { Source = value },
            };
        }

        return body;
    }

    private List<NewEvent> ReadEvents()
    {
        var events = new List<NewEvent>();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            Add("/events", "must be an array");
            reader.Skip();
            return events;
        }

        var count = 0;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (count++ >= AppendLimits.MaxEvents)
            {
                reader.Skip();
            }
            else if (ReadEvent($"/events/{count - 1}") is { } read)
            {
                events.Add(read);
            }
        }

        if (count > AppendLimits.MaxEvents)
        {
            Add("/events", $"must hold at most {AppendLimits.MaxEvents} events", isTooLarge: true);
        }

        return events;
    }

    private NewEvent? ReadEvent(string pointer)
    {
        if (!Enter(pointer))
        {
            return null;
        }

        EventType? type = null;
        EventId? id = null;
        int? schemaVersion = null;
        DateTimeOffset? occurredAt = null;
        JsonObjectText? data = null, metadata = null;
        var seen = 0u;
        while (NextMember(pointer, EventMembers, ref seen, out var name))
        {
            var at = pointer + "/" + name;
            switch (name)
            {
                case "type":
                    type = ReadParsed<EventType>(at, EventType.TryParse, "must be 1-64 ASCII letters and digits, starting with a letter");
                    break;
                case "eventId":
                    id = ReadParsed<EventId>(at, EventId.TryParseOwn, "must be 1-128 of A-Z a-z 0-9 . _ ~ @ and '-', but not '.' or '..'");
                    break;
                case "occurredAt":
                    occurredAt = ReadParsed<DateTimeOffset>(
                        at, Rfc3339.TryParse, "must be an RFC 3339 timestamp with Z or an offset and at most seven fractional digits");
                    break;
                case "schemaVersion":
                    schemaVersion = ReadSchemaVersion(at);
                    break;
                case "data":
                    data = ReadObject(at);
                    break;
                default:
                    metadata = ReadObject(at);
                    break;
            }
        }

        Require(pointer, EventMembers, "type", seen);
        Require(pointer, EventMembers, "data", seen);
        return type is null || data is null
            ? null
            : new NewEvent
            {
                Type = type.Value, Id = id, SchemaVersion = schemaVersion, OccurredAt = occurredAt, Data = data.Value, Metadata = metadata,
            };
    }

    private string? ReadString(string pointer)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            Add(pointer, "must be a string");
            reader.Skip();
            return null;
        }

        if (HasLoneSurrogate())
        {
            Add(pointer, "has a lone surrogate");
            return null;
        }

        return reader.GetString();
    }

    private T? ReadParsed<T>(string pointer, Parser<T> parse, string rule)
        where T : struct
    {
        if (ReadString(pointer) is not { } text)
        {
            return null;
        }

        if (parse(text, out var value))
        {
            return value;
        }

        Add(pointer, rule);
        return null;
    }

    private int? ReadSchemaVersion(string pointer)
    {
        if (reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out var version) && version >= 1)
        {
            return version;
        }

        Add(pointer, $"must be an integer from 1 to {int.MaxValue}");
        reader.Skip();
        return null;
    }

    private JsonObjectText? ReadObject(string pointer)
    {
        var start = (int)reader.TokenStartIndex;
        var isObject = Enter(pointer);
        if (!isObject)
        {
            return null;
        }

        reader.Skip();
        if (JsonObjectText.TryParse(utf8[start..(int)reader.BytesConsumed], out var value, out var violation))
        {
            return value;
        }

        Add(pointer + violation!.Pointer, violation.Message);
        return null;
    }

    /// <summary>Steps into the object that the reader is at; anything else is a mistake and stepped over.</summary>
    private bool Enter(string pointer)
    {
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            return true;
        }

        Add(pointer, "must be an object");
        reader.Skip();
        return false;
    }

    /// <summary>Moves to the value of the next member that is expected and new, noting the others; false at the end of the object.</summary>
    private bool NextMember(string pointer, string[] members, ref uint seen, out string name)
    {
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var index = CurrentMember(members);
            var isNew = index >= 0 && (seen & (1u << index)) == 0;
            if (index < 0)
            {
                NoteUnknownMember(pointer);
            }
            else if (!isNew)
            {
                Add($"{pointer}/{members[index]}", "appears twice in its object");
            }

            reader.Read();
            if (isNew)
            {
                seen |= 1u << index;
                name = members[index];
                return true;
            }

            reader.Skip();
        }

        name = string.Empty;
        return false;
    }

    private readonly int CurrentMember(string[] members)
    {
        if (HasLoneSurrogate())
        {
            return -1;
        }

        var index = members.Length - 1;
        while (index >= 0 && !reader.ValueTextEquals(members[index]))
        {
            index--;
        }

        return index;
    }

    private readonly void NoteUnknownMember(string pointer)
    {
        if (HasLoneSurrogate())
        {
            Add(pointer, "has a member name with a lone surrogate");
            return;
        }

        Add($"{pointer}/{InternetJson.PointerPart(reader.GetString()!)}", "is not known");
    }

    private readonly void Require(string pointer, string[] members, string name, uint seen)
    {
        if ((seen & (1u << Array.IndexOf(members, name))) == 0)
        {
            Add($"{pointer}/{name}", "is required");
        }
    }

    /// <summary>Whether the string or name that the reader is at cannot be text: the reader would throw on being asked for it.</summary>
    private readonly bool HasLoneSurrogate()
    {
        if (!reader.ValueIsEscaped)
        {
            return false;
        }

        var start = (int)reader.TokenStartIndex;
        return InternetJson.FindViolation(utf8.Span.Slice(start, reader.ValueSpan.Length + 2)) is not null;
    }

    private readonly void Add(string pointer, string message, bool isTooLarge = false)
    {
        if (violations.Count < MaxViolations || isTooLarge)
        {
            violations.Add(new AppendViolation(pointer, message, isTooLarge));
        }
    }

    private delegate bool Parser<T>(string? text, out T value);
}

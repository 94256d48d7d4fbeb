using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Tests.Appending;

public sealed class AppendValidationTests
{
    [Fact]
    public void An_ordinary_append_is_valid() => AppendValidation.Check(Request([Event(), Event() with { Metadata = JsonObjectText.Parse("""{"ip":"::1"}""") }]));

    [Fact]
    public void An_append_without_events_is_refused() => Refused("/events", isTooLarge: false, Request([]));

    [Fact]
    public void A_thousand_events_are_accepted_and_one_more_is_too_large()
    {
        AppendValidation.Check(Request([.. Enumerable.Repeat(Event(), 1_000)]));
        Refused("/events", isTooLarge: true, Request([.. Enumerable.Repeat(Event(), 1_001)]));
    }

    [Fact]
    public void Data_metadata_and_the_whole_have_their_limits()
    {
        AppendValidation.Check(Request([Event() with { Data = OfLength(AppendLimits.MaxDataBytes) }]));
        Refused("/events/0/data", isTooLarge: true, Request([Event() with { Data = OfLength(AppendLimits.MaxDataBytes + 1) }]));
        AppendValidation.Check(Request([Event() with { Metadata = OfLength(AppendLimits.MaxMetadataBytes) }]));
        Refused("/events/0/metadata", isTooLarge: true, Request([Event() with { Metadata = OfLength(AppendLimits.MaxMetadataBytes + 1) }]));
        Refused("/events", isTooLarge: true, Request([.. Enumerable.Repeat(Event() with { Data = OfLength(AppendLimits.MaxDataBytes) }, 5)]));
        Refused("/metadata", isTooLarge: true, Request([Event()]) with { Metadata = new AppendMetadata { Source = new string('x', 9_000) } });
    }

    [Fact]
    public void The_same_event_id_twice_is_refused()
    {
        Assert.True(EventId.TryParseOwn("e1", out var id));
        Refused("/events/1/eventId", isTooLarge: false, Request([Event() with { Id = id }, Event() with { Id = id }]));
    }

    [Theory]
    [InlineData("actor")]
    [InlineData("traceparent")]
    public void What_the_store_vouches_for_cannot_be_claimed_in_an_events_metadata(string name) =>
        Refused($"/events/0/metadata/{name}", isTooLarge: false, Request([Event() with { Metadata = JsonObjectText.Parse($$"""{"{{name}}":"me"}""") }]));

    [Fact]
    public void A_reserved_name_deeper_down_is_the_callers_own() =>
        AppendValidation.Check(Request([Event() with { Metadata = JsonObjectText.Parse("""{"x":{"actor":"me"}}""") }]));

    [Fact]
    public void A_schema_version_begins_at_one() => Refused("/events/0/schemaVersion", isTooLarge: false, Request([Event() with { SchemaVersion = 0 }]));

    [Fact]
    public void A_lone_surrogate_in_the_metadata_is_refused() =>
        Refused("/metadata/source", isTooLarge: false, Request([Event()]) with { Metadata = new AppendMetadata { Source = "a\ud800" } });

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Assert.Equal(2, Assert.Throws<InvalidAppendException>(() => AppendValidation.Check(
            Request([Event() with { SchemaVersion = -1 }, Event() with { SchemaVersion = 0 }]))).Violations.Count);

    private static void Refused(string pointer, bool isTooLarge, AppendRequest request)
    {
        var violation = Assert.Single(Assert.Throws<InvalidAppendException>(() => AppendValidation.Check(request)).Violations);
        Assert.Equal((pointer, isTooLarge), (violation.Pointer, violation.IsTooLarge));
    }

    private static AppendRequest Request(IReadOnlyList<NewEvent> events) => new() { Stream = StreamId.Parse("Requirement:r1"), Events = events };

    private static NewEvent Event() => new() { Type = EventType.Parse("RequirementCreated"), Data = JsonObjectText.Empty };

    private static JsonObjectText OfLength(int bytes) => JsonObjectText.Parse($$"""{"x":"{{new string('x', bytes - 8)}}"}""");
}

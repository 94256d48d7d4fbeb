using System.Text;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Tests.Commits;

/// <summary>The stored form, to the letter: data that is stored today must be readable for ever.</summary>
public sealed class CommitDocumentTests
{
    private static readonly DateTimeOffset StoredAt = new(2026, 11, 23, 10, 0, 0, 250, TimeSpan.Zero);

    private const string Golden =
        """
        {"id":"0000000002","tenantId":"acme","streamId":"Requirement:req-1","version":3,"count":2,"commitId":"key 1","fingerprint":"print",
        "eventTypes":["Analyzed","Approved"],"storedAt":"2026-11-23T10:00:00.2500000Z","occurredFrom":"2026-11-22T10:00:00.0000000Z",
        "occurredTo":"2026-11-23T10:00:00.2500000Z","metadata":{"actor":"ada","correlationId":"c","causationId":"d","source":"s","traceparent":"00-t-s-01"},
        "events":[{"type":"Analyzed","schemaVersion":1,"occurredAt":"2026-11-23T10:00:00.25Z","data":{ "score" : 1.10, "text":"ä\u00e4" }},
        {"eventId":"own-1","type":"Approved","schemaVersion":2,"occurredAt":"2026-11-22T10:00:00Z","data":{},"metadata":{"ip":"::1"}}]}
        """;

    [Fact]
    public void A_commit_is_printed_as_documented()
    {
        Assert.True(EventId.TryParseOwn("own-1", out var own));
        var request = new AppendRequest
        {
            Stream = StreamId.Parse("Requirement:req-1"),
            Metadata = new AppendMetadata { Actor = "ada", CorrelationId = "c", CausationId = "d", Source = "s", TraceParent = "00-t-s-01" },
            Events =
            [
                Some.Event("Analyzed", data: """{ "score" : 1.10, "text":"ä\u00e4" }"""),
                Some.Event("Approved", at: StoredAt.AddDays(-1).AddMilliseconds(-250)) with
                {
                    Id = own, SchemaVersion = 2, Metadata = JsonObjectText.Parse("""{"ip":"::1"}"""),
                },
            ],
        };
        var writer = new CommitWriter(TenantId.Parse("acme"), request, EventCatalog.Empty, "print", StoredAt);
        var draft = Assert.Single(writer.WriteAfter(new StreamPosition(1, 2), [CommitId.Parse("key-1")]));
        Assert.Equal("0000000002", draft.Id);
        Assert.Equal(OneLine(Golden).Replace("key 1", "key-1", StringComparison.Ordinal), Encoding.UTF8.GetString(draft.Body.AsSpan()));
    }

    [Fact]
    public void What_later_builds_or_the_database_add_is_passed_over()
    {
        var text = OneLine(Golden).Replace("key 1", "key-1", StringComparison.Ordinal)
            .Replace("\"count\":2", "\"count\":2,\"_ts\":1,\"later\":{\"id\":[\"x\"]}", StringComparison.Ordinal)
            .Replace("\"type\":\"Analyzed\"", "\"later\":[{}],\"type\":\"Analyzed\"", StringComparison.Ordinal);
        var commit = CommitReader.Read(Encoding.UTF8.GetBytes(text), StreamId.Parse("Requirement:req-1"));
        Assert.Equal((2, new StreamPosition(2, 4)), (commit.Number, commit.End));
        Assert.Equal(["Requirement:req-1:3", "own-1"], commit.Events.Select(e => e.Id.Value));
        Assert.Equal("""{ "score" : 1.10, "text":"ä\u00e4" }""", commit.Events[0].Data.ToString());
        Assert.Equal("""{"ip":"::1"}""", commit.Events[1].Metadata?.ToString());
    }

    [Fact]
    public void A_redacted_event_says_who_when_and_why()
    {
        var text = OneLine(Golden).Replace("key 1", "key-1", StringComparison.Ordinal)
            .Replace("\"metadata\":{\"ip\":\"::1\"}", "\"redaction\":{\"at\":\"2026-12-01T00:00:00Z\",\"by\":\"dpo\",\"reason\":\"art. 17\"}", StringComparison.Ordinal);
        var redaction = CommitReader.Read(Encoding.UTF8.GetBytes(text), null).Events[1].Redaction;
        Assert.Equal(("dpo", "art. 17", new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)), (redaction!.By, redaction.Reason, redaction.At));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"0000000001","streamId":"A:1"}""")]
    [InlineData("""{"id":"0000000001","streamId":"A:1","version":1,"events":[]}""")]
    [InlineData("""{"id":"0000000001","streamId":"A:1","version":"1","events":[]}""")]
    [InlineData("""{"id":"x","streamId":"A:1","version":1,"commitId":"k","fingerprint":"f","storedAt":"2026-12-01T00:00:00Z","events":[{"type":"A","occurredAt":"2026-12-01T00:00:00Z","data":{}}]}""")]
    [InlineData("""{"id":"0000000001","streamId":"B:1","version":1,"commitId":"k","fingerprint":"f","storedAt":"2026-12-01T00:00:00Z","events":[{"type":"A","occurredAt":"2026-12-01T00:00:00Z","data":{}}]}""")]
    [InlineData("""{"id":"0000000001","streamId":"A:1","version":1,"commitId":"k","fingerprint":"f","storedAt":"yesterday","events":[{"type":"A","occurredAt":"2026-12-01T00:00:00Z","data":{}}]}""")]
    [InlineData("""{"id":"0000000001","streamId":"A:1","version":1,""")]
    public void A_document_that_is_no_commit_of_the_stream_is_an_error_that_names_it(string text)
    {
        var damaged = Assert.Throws<CorruptStreamException>(() => CommitReader.Read(Encoding.UTF8.GetBytes(text), StreamId.Parse("A:1")));
        Assert.Contains("A:1", damaged.Message, StringComparison.Ordinal);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(string.Empty);
}

using System.Globalization;
using System.Text.Json.Nodes;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;
using QANexus.EventStore.Upcasting;
using static QANexus.EventStore.Tests.Upcasting.Stored;

namespace QANexus.EventStore.Tests.Upcasting;

public sealed class EventUpcasterTests
{
    /// <summary>The original's example: the role of the approver came with v2, the time of the approval with v3.</summary>
    private static readonly EventCatalog Approvals = Catalog(static types => types.Add(Approved)
        .From(1).To(2, static data => data["approverRole"] ??= "REVIEWER")
        .From(2).To(3, static (data, e) => data["approvedAt"] ??= Rfc3339.Format(e.OccurredAt)));

    [Fact]
    public async Task An_event_of_a_type_without_steps_is_returned_as_it_is()
    {
        var stored = Event(Approved, 1);

        Assert.Same(stored, await Catalog(static types => types.Add(Approved)).UpcastOneAsync(stored));
    }

    [Fact]
    public async Task An_event_of_a_type_that_is_not_known_is_returned_as_it_is_at_any_version()
    {
        var stored = Event(Other, 7);

        Assert.Same(stored, await Approvals.UpcastOneAsync(stored));
    }

    [Fact]
    public async Task An_event_at_its_latest_version_is_the_same_instance_and_never_parsed()
    {
        // Not JSON at all: parsing it would throw.
        var stored = Event(Approved, 3) with { Data = JsonObjectText.FromStore("not json"u8.ToArray()) };

        Assert.Same(stored, await Approvals.UpcastOneAsync(stored));
    }

    [Fact]
    public async Task A_list_of_events_at_their_latest_version_is_the_same_list()
    {
        IReadOnlyList<RecordedEvent> stored = [Event(Approved, 3), Event(Other, 1)];

        Assert.Same(stored, await new EventUpcaster(Approvals).UpcastAsync(Tenant, stored, CancellationToken.None));
    }

    [Fact]
    public async Task Events_of_a_list_are_upcast_one_by_one_in_order()
    {
        IReadOnlyList<RecordedEvent> stored = [Event(Other, 1), Event(Approved, 1), Event(Approved, 3), Event(Approved, 2)];

        var upcast = await new EventUpcaster(Approvals).UpcastAsync(Tenant, stored, CancellationToken.None);

        Assert.Equal(["Other v1", "RequirementApproved v3", "RequirementApproved v3", "RequirementApproved v3"], upcast.Select(static e => $"{e.Type} v{e.SchemaVersion}"));
        Assert.Same(stored[2], upcast[2]);
    }

    [Fact]
    public async Task A_step_that_adds_a_field_gives_the_next_version_with_it()
    {
        var catalog = Catalog(static types => types.Add(Approved).From(1).To(2, static data => data["added"] = true));

        Assert.Equal("Requirement:r1:5 RequirementApproved v2 {\"title\":\"A\",\"added\":true}", (await catalog.UpcastOneAsync(Event(Approved, 1, """{"title":"A"}"""))).Line());
    }

    [Fact]
    public async Task A_chain_runs_all_its_steps()
    {
        var upcast = await Approvals.UpcastOneAsync(Event(Approved, 1, """{"title":"Login","approvedBy":"ann"}"""));

        Assert.Equal(3, upcast.SchemaVersion);
        Assert.Equal("""{"title":"Login","approvedBy":"ann","approverRole":"REVIEWER","approvedAt":"2026-11-22T12:00:00Z"}""", upcast.Data.ToString());
    }

    [Fact]
    public async Task A_chain_is_entered_at_the_version_of_the_event() =>
        Assert.Equal(
            """{"approverRole":"QA","approvedAt":"2026-11-22T12:00:00Z"}""",
            (await Approvals.UpcastOneAsync(Event(Approved, 2, """{"approverRole":"QA"}"""))).Data.ToString());

    [Fact]
    public async Task The_envelope_of_an_event_stays_as_stored()
    {
        var stored = Event(Approved, 1);

        var upcast = await Approvals.UpcastOneAsync(stored);

        Assert.Equal(stored, upcast with { SchemaVersion = 1, Data = stored.Data });
    }

    [Fact]
    public async Task A_missing_value_gets_its_default_and_one_that_is_there_stays()
    {
        var catalog = Catalog(static types => types.Add(Approved).From(1).To(2, static data => data["priority"] ??= "MEDIUM"));

        Assert.Equal("""{"priority":"MEDIUM"}""", (await catalog.UpcastOneAsync(Event(Approved, 1))).Data.ToString());
        Assert.Equal("""{"priority":"HIGH"}""", (await catalog.UpcastOneAsync(Event(Approved, 1, """{"priority":"HIGH"}"""))).Data.ToString());
    }

    [Fact]
    public async Task Null_stays_null_and_fields_keep_their_order_and_their_text()
    {
        var catalog = Catalog(static types => types.Add(Approved).From(1).To(2, static data => data["added"] = 1));

        Assert.Equal(
            """{"z":null,"amount":1.10,"big":9007199254740991,"exp":1E2,"a":"ä€<>&'","list":[1.0,null,{"x":-0}],"added":1}""",
            (await catalog.UpcastOneAsync(Event(Approved, 1, """{"z":null,"amount":1.10,"big":9007199254740991,"exp":1E2,"a":"ä€<>&'","list":[1.0,null,{"x":-0}]}"""))).Data.ToString());
    }

    [Fact]
    public async Task The_largest_event_that_can_be_stored_passes_a_step_whatever_its_text()
    {
        var text = string.Concat(Enumerable.Repeat("😀", (256 * 1024 / 4) - 4));
        var catalog = Catalog(static types => types.Add(Approved).From(1).To(2, static data => data["added"] = 1));

        var upcast = await catalog.UpcastOneAsync(Event(Approved, 1, $$"""{"text":"{{text}}"}"""));

        Assert.Equal(text, JsonNode.Parse(upcast.Data.Utf8.Span)!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_nested_object_keeps_its_other_members()
    {
        var catalog = Catalog(static types => types.Add(Approved).From(1).To(2, static data => data["metadata"]!["channel"] = "web"));

        Assert.Equal(
            """{"metadata":{"user":"ann","source":"ui","channel":"web"}}""",
            (await catalog.UpcastOneAsync(Event(Approved, 1, """{"metadata":{"user":"ann","source":"ui"}}"""))).Data.ToString());
    }

    [Fact]
    public async Task A_release_gets_its_deployment_window_and_keeps_its_score()
    {
        var achieved = EventType.Parse("ReleaseReadinessAchieved");
        var catalog = Catalog(types => types.Add(achieved).From(1).To(2, (data, e) => data["deploymentWindow"] = new JsonObject
        {
            ["from"] = Rfc3339.Format(e.OccurredAt),
            ["to"] = Rfc3339.Format(e.OccurredAt.AddDays(7)),
        }));

        Assert.Equal(
            """{"score":85,"deploymentWindow":{"from":"2026-11-22T12:00:00Z","to":"2026-11-29T12:00:00Z"}}""",
            (await catalog.UpcastOneAsync(Event(achieved, 1, """{"score":85}"""))).Data.ToString());
    }

    [Fact]
    public async Task Nine_steps_bring_v1_to_v10_with_all_nine_fields()
    {
        var catalog = Catalog(static types =>
        {
            foreach (var version in Enumerable.Range(1, 9).Reverse())
            {
                types.Add(Approved).From(version).To(version + 1, data => data[$"f{version.ToString(CultureInfo.InvariantCulture)}"] = version);
            }
        });

        var upcast = await catalog.UpcastOneAsync(Event(Approved, 1, """{"f0":0}"""));

        Assert.Equal(10, upcast.SchemaVersion);
        Assert.Equal("""{"f0":0,"f1":1,"f2":2,"f3":3,"f4":4,"f5":5,"f6":6,"f7":7,"f8":8,"f9":9}""", upcast.Data.ToString());
    }

    [Fact]
    public async Task A_version_newer_than_known_is_an_error_that_names_type_and_version()
    {
        var failure = await Assert.ThrowsAsync<UnknownSchemaVersionException>(() => Approvals.UpcastAsync(Event(Approved, 4)));

        Assert.Equal((Approved, 4, 3), (failure.Type, failure.Version, failure.LatestKnown));
        Assert.Equal("RequirementApproved v4 is newer than this build, which knows RequirementApproved up to v3.", failure.Message);
    }

    [Fact]
    public async Task What_a_transform_does_to_its_data_reaches_neither_the_stored_event_nor_another_run()
    {
        var seen = new List<JsonObject>();
        var catalog = Catalog(types => types.Add(Approved).From(1).To(2, data =>
        {
            seen.Add(data);
            data["count"] = data["count"]!.GetValue<int>() + 1;
        }));
        var stored = Event(Approved, 1, """{"count":1}""");

        var first = await catalog.UpcastOneAsync(stored);
        seen[0]["count"] = 99;
        var second = await catalog.UpcastOneAsync(stored);

        Assert.Equal(first, second);
        Assert.Equal("""{"count":2}""", second.Data.ToString());
        Assert.Equal("""{"count":1}""", stored.Data.ToString());
        Assert.NotSame(seen[0], seen[1]);
    }
}

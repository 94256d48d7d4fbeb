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
    public async Task A_renamed_event_goes_on_as_the_other_type()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved).From(1).To(2, static data => data["approverRole"] = "REVIEWER");
            types.Add(Legacy).From(1).RenameTo(Approved, 1, static (data, _) =>
            {
                data["title"] = data["name"]?.DeepClone();
                data.Remove("name");
            });
        });

        Assert.Equal(
            """Requirement:r1:5 RequirementApproved v2 {"title":"Login","approverRole":"REVIEWER"}""",
            (await catalog.UpcastOneAsync(Event(Legacy, 1, """{"name":"Login"}"""))).Line());
    }

    [Fact]
    public async Task A_renamed_event_may_keep_its_data()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved);
            types.Add(Legacy).From(1).RenameTo(Approved, 1);
        });

        Assert.Equal("""Requirement:r1:5 RequirementApproved v1 {"a":1.50}""", (await catalog.UpcastOneAsync(Event(Legacy, 1, """{"a":1.50}"""))).Line());
    }

    [Fact]
    public async Task A_split_event_becomes_parts_with_ids_of_their_own_and_the_same_version()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved).From(1).To(2, static data => data["approverRole"] = "REVIEWER");
            types.Add(Published);
            types.Add(Other).From(1).SplitInto(static parts => parts
                .Into(Approved, 1, static (data, _) => new JsonObject { ["by"] = data["by"]!.DeepClone() })
                .IntoMany(Published, 1, static (data, _) => data["channels"]!.AsArray().Select(static channel => new JsonObject { ["channel"] = channel!.DeepClone() })));
        });
        var stored = Event(Other, 1, """{"by":"ann","channels":["web","mail"]}""");

        var parts = await catalog.UpcastAsync(stored);

        Assert.Equal(
            [
                """Requirement:r1:5.1 RequirementApproved v2 {"by":"ann","approverRole":"REVIEWER"}""",
                """Requirement:r1:5.2 RequirementPublished v1 {"channel":"web"}""",
                """Requirement:r1:5.3 RequirementPublished v1 {"channel":"mail"}""",
            ],
            parts.Select(static e => e.Line()));
        Assert.All(parts, part => Assert.Equal((5, 3, stored.OccurredAt), (part.Version, part.Commit, part.OccurredAt)));
    }

    [Fact]
    public async Task Parts_of_parts_have_nested_numbers_so_that_a_later_split_renumbers_none()
    {
        static void Before(EventCatalogBuilder types)
        {
            types.Add(Other).From(1).SplitInto(static parts => parts.Into(Legacy, 1, static (data, _) => data).Into(Published, 1, static (data, _) => data));
            types.Add(Published);
        }

        var before = await Catalog(types =>
        {
            Before(types);
            types.Add(Legacy);
        }).UpcastAsync(Event(Other, 1));
        var after = await Catalog(types =>
        {
            Before(types);
            types.Add(Legacy).From(1).SplitInto(static parts => parts.Into(Approved, 1, static (data, _) => data).Into(Approved, 1, static (data, _) => data));
            types.Add(Approved);
        }).UpcastAsync(Event(Other, 1));

        Assert.Equal(["Requirement:r1:5.1", "Requirement:r1:5.2"], before.Select(static e => e.Id.Value));
        Assert.Equal(["Requirement:r1:5.1.1", "Requirement:r1:5.1.2", "Requirement:r1:5.2"], after.Select(static e => e.Id.Value));
    }

    [Fact]
    public async Task Parts_share_no_data_even_if_their_makers_hand_on_the_same()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Other).From(1).SplitInto(static parts => parts.Into(Approved, 1, static (data, _) => data).IntoMany(Approved, 1, static (data, _) => [data, data]));
            var number = 0;
            types.Add(Approved).From(1).To(2, data => data["n"] = ++number);
        });

        Assert.Equal(["""{"n":1}""", """{"n":2}""", """{"n":3}"""], (await catalog.UpcastAsync(Event(Other, 1))).Select(static e => e.Data.ToString()));
    }

    [Fact]
    public async Task A_dropped_event_is_nothing() =>
        Assert.Empty(await Catalog(static types => types.Add(Other).From(1).Drop()).UpcastAsync(Event(Other, 1)));

    [Fact]
    public async Task An_event_is_dropped_only_where_the_condition_holds()
    {
        var catalog = Catalog(static types => types.Add(Other)
            .From(1).DropIf(static (data, _) => data["test"] is JsonValue test && test.GetValue<bool>(), elseTo: 2));

        Assert.Empty(await catalog.UpcastAsync(Event(Other, 1, """{"test":true}""")));
        Assert.Equal("""Requirement:r1:5 Other v2 {"test":false}""", (await catalog.UpcastOneAsync(Event(Other, 1, """{"test":false}"""))).Line());
    }

    [Fact]
    public async Task A_redacted_event_changes_type_and_version_and_no_step_sees_it()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved).From(1).To(2, static _ => throw new InvalidOperationException());
            types.Add(Published).From(1).DropIf(static (_, _) => throw new InvalidOperationException(), elseTo: 2);
            types.Add(Legacy).From(1).LookUp<int>(static (_, _) => throw new InvalidOperationException()).RenameTo(Approved, 1, static (_, _, _) => { });
            types.Add(Other).From(1).SplitInto(static parts => parts
                .Into(Legacy, 1, static (_, _) => throw new InvalidOperationException())
                .IntoMany(Published, 1, static (_, _) => throw new InvalidOperationException()));
        });
        var stored = Event(Other, 1, redacted: true);

        var parts = await catalog.UpcastAsync(stored);

        Assert.Equal(
            ["""Requirement:r1:5.1 RequirementApproved v2 {"redacted":true}""", """Requirement:r1:5.2 RequirementPublished v2 {"redacted":true}"""],
            parts.Select(static e => e.Line()));
        Assert.All(parts, part => Assert.Equal(stored.Redaction, part.Redaction));
    }

    [Fact]
    public async Task A_redacted_event_of_a_type_that_is_dropped_is_dropped() =>
        Assert.Empty(await Catalog(static types => types.Add(Other).From(1).Drop()).UpcastAsync(Event(Other, 1, redacted: true)));

    [Fact]
    public async Task A_version_newer_than_known_is_an_error_that_names_type_and_version()
    {
        var failure = await Assert.ThrowsAsync<UnknownSchemaVersionException>(() => Approvals.UpcastAsync(Event(Approved, 4)));

        Assert.Equal((Approved, 4, 3), (failure.Type, failure.Version, failure.LatestKnown));
        Assert.Equal("RequirementApproved v4 is newer than this build, which knows RequirementApproved up to v3.", failure.Message);
    }

    [Fact]
    public async Task A_failing_step_is_an_error_that_names_type_version_and_step()
    {
        var cause = new InvalidOperationException("Grace Hopper");
        var catalog = Catalog(types => types.Add(Approved).From(1).To(2, static data => data["a"] = 1).From(2).To(3, _ => throw cause));

        var failure = await Assert.ThrowsAsync<UpcastingFailedException>(() => catalog.UpcastAsync(Event(Approved, 1)));

        Assert.Equal((Approved, 1, "RequirementApproved v2 to v3"), (failure.Type, failure.Version, failure.Step));
        Assert.Same(cause, failure.InnerException);
        Assert.Equal("An event stored as RequirementApproved v1 cannot be upcast at step 'RequirementApproved v2 to v3': it threw InvalidOperationException.", failure.Message);
    }

    public static TheoryData<string, Action<JsonObject>> BadResults => new()
    {
        { "it makes data that is not I-JSON at '/n'", data => data["n"] = 12345678901234567890m },
        { "it makes data that is not I-JSON at '/list/1'", data => data["list"] = new JsonArray(1, decimal.MaxValue) },
        { "it makes data that is not I-JSON at", data => Nest(data, InternetJson.MaxDepth) },
        { "it makes data of more than 1048576 bytes", data => data["text"] = new string('x', 1_048_576) },
        { "it threw ArgumentException", data => data["n"] = double.NaN },
        { "it threw InvalidOperationException", data => data["b"] = data["a"] },
    };

    [Theory]
    [MemberData(nameof(BadResults))]
    public async Task A_result_that_could_not_have_been_stored_is_an_error_of_the_step_that_made_it(string detail, Action<JsonObject> transform)
    {
        var catalog = Catalog(types => types.Add(Approved).From(1).To(2, transform).From(2).To(3, static data => data.Clear()));

        var failure = await Assert.ThrowsAsync<UpcastingFailedException>(() => catalog.UpcastAsync(Event(Approved, 1, """{"a":{}}""")));

        Assert.Equal("RequirementApproved v1 to v2", failure.Step);
        Assert.Contains(detail, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_into_more_parts_than_an_append_can_have_is_an_error()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved);
            types.Add(Other).From(1).SplitInto(static parts => parts.IntoMany(Approved, 1, static (_, _) => Enumerable.Range(0, 1_001).Select(static _ => new JsonObject())));
        });

        Assert.Contains("more than 1000 events", (await Assert.ThrowsAsync<UpcastingFailedException>(() => catalog.UpcastAsync(Event(Other, 1)))).Message, StringComparison.Ordinal);
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

    private static void Nest(JsonObject data, int levels)
    {
        for (var i = 0; i < levels; i++)
        {
            var inner = new JsonObject();
            data["x"] = inner;
            data = inner;
        }
    }
}

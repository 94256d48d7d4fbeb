using System.Text.Json.Nodes;
using QANexus.EventStore.Upcasting;
using static QANexus.EventStore.Tests.Upcasting.Stored;

namespace QANexus.EventStore.Tests.Upcasting;

/// <summary>Steps after which an event has another type, is several, or is none.</summary>
public sealed class ReshapedEventTests
{
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
}

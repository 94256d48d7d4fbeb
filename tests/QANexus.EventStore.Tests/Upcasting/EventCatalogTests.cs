using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using static QANexus.EventStore.Tests.Upcasting.Stored;

namespace QANexus.EventStore.Tests.Upcasting;

public sealed class EventCatalogTests
{
    [Fact]
    public void A_step_from_v1_to_v2_makes_v2_the_latest() =>
        Assert.Equal(2, Catalog(types => types.Add(Approved).From(1).To(2, Nothing)).LatestVersion(Approved));

    [Fact]
    public void A_chain_of_steps_makes_its_end_the_latest() =>
        Assert.Equal(3, Catalog(types => types.Add(Approved).From(1).To(2, Nothing).From(2).To(3, Nothing)).LatestVersion(Approved));

    [Fact]
    public void Types_have_versions_of_their_own()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved).From(1).To(2, Nothing);
            types.Add(Other).From(1).To(2, Nothing).From(2).To(3, Nothing);
        });

        Assert.Equal((2, 3), (catalog.LatestVersion(Approved), catalog.LatestVersion(Other)));
    }

    [Fact]
    public void A_type_that_is_not_known_is_at_v1()
    {
        Assert.Equal(1, EventCatalog.Empty.LatestVersion(Approved));
        Assert.False(EventCatalog.Empty.Knows(Approved));
        Assert.Equal([Approved], EventCatalog.Empty.StoredNamesOf(Approved));
    }

    [Fact]
    public void Only_events_before_the_latest_version_need_upcasting()
    {
        var catalog = Catalog(static types => types.Add(Approved).From(1).To(2, Nothing));

        Assert.False(catalog.IsLatest(Event(Approved, 1)));
        Assert.True(catalog.IsLatest(Event(Approved, 2)));
        Assert.True(catalog.IsLatest(Event(Other, 1)));
        Assert.True(catalog.IsLatest(Event(Other, 7)));
    }

    [Fact]
    public void The_stored_names_of_a_type_are_those_that_can_become_it()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved).From(1).To(2, Nothing);
            types.Add(Published);
            types.Add(Legacy).From(1).RenameTo(Approved, 1);
            types.Add(Other).From(1).To(2, Nothing).From(2).SplitInto(parts => parts
                .Into(Legacy, 1, (data, _) => data)
                .Into(Published, 1, (data, _) => data));
        });

        Assert.Equal(["Other", "ReqApproved", "RequirementApproved"], Names(catalog, Approved));
        Assert.Equal(["Other", "RequirementPublished"], Names(catalog, Published));
        Assert.Empty(Names(catalog, Legacy));
        Assert.Empty(Names(catalog, Other));
    }

    [Fact]
    public void A_type_that_loses_only_its_old_versions_keeps_its_name()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved);
            types.Add(Legacy).AtVersion(2).From(1).RenameTo(Approved, 1);
        });

        Assert.Equal(["ReqApproved"], Names(catalog, Legacy));
        Assert.Equal(["ReqApproved", "RequirementApproved"], Names(catalog, Approved));
    }

    [Fact]
    public void The_fingerprint_of_a_type_changes_with_whatever_leads_to_it_and_with_nothing_else()
    {
        static void Base(EventCatalogBuilder types) => types.Add(Approved).From(1).To(2, Nothing);

        var fingerprint = Catalog(Base).FingerprintOf([Approved]);
        Assert.Equal(fingerprint, Catalog(types =>
        {
            types.Add(Other).From(1).Drop();
            Base(types);
        }).FingerprintOf([Approved, Approved]));
        Assert.NotEqual(fingerprint, Catalog(types =>
        {
            Base(types);
            types.Add(Legacy).From(1).RenameTo(Approved, 1);
        }).FingerprintOf([Approved]));
        Assert.NotEqual(fingerprint, Catalog(types => types.Add(Approved).From(1).To(2, Nothing).From(2).To(3, Nothing)).FingerprintOf([Approved]));
        Assert.NotEqual(fingerprint, EventCatalog.Empty.FingerprintOf([Approved]));
    }

    [Fact]
    public void A_catalogue_describes_its_types_by_name_and_their_steps_by_version()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved)
                .From(2).To(3, Nothing)
                .From(1).LookUp((_, _) => ValueTask.FromResult(0)).To(2, (_, _, _) => { })
                .WithSchema("{}");
            types.Add(Published).AtVersion(4).From(1).To(4, Nothing).From(2).DropIf((_, _) => true, elseTo: 3).From(3).To(4, Nothing);
            types.Add(Legacy).From(1).SplitInto(parts => parts.Into(Approved, 1, (data, _) => data).IntoMany(Published, 4, (data, _) => [data]));
            types.Add(Other).From(1).Drop();
        });

        Assert.Equal(["Other", "ReqApproved", "RequirementApproved", "RequirementPublished"], catalog.Types.Select(static type => type.Type.Value));
        Assert.Equal(
            [
                "Other v1 dropped",
                "ReqApproved v1 into RequirementApproved v1, RequirementPublished v4",
                "RequirementApproved v1 to v2",
                "RequirementApproved v2 to v3",
                "RequirementPublished v1 to v4",
                "RequirementPublished v2 dropped or to v3",
                "RequirementPublished v3 to v4",
            ],
            catalog.Types.SelectMany(static type => type.Steps).Select(static step => step.ToString()));
        Assert.True(catalog.TryGet(Approved, out var approved));
        Assert.Equal((3, "{}", true), (approved.LatestVersion, approved.Schema, approved.Steps[0].HasLookUp));
    }

    public static TheoryData<string, Action<EventCatalogBuilder>> Mistakes => new()
    {
        { "There is no step from RequirementApproved v2, although RequirementApproved is at v4.", types => types.Add(Approved).From(1).To(2, Nothing).From(3).To(4, Nothing) },
        { "There is no step from RequirementApproved v1, although RequirementApproved is at v2.", types => types.Add(Approved).AtVersion(2) },
        { "There is no step from RequirementApproved v2, although RequirementApproved is at v3.", types => types.Add(Approved).From(1).To(3, Nothing) },
        { "There is no step from RequirementApproved v1, although RequirementApproved is at v2.", types => types.Add(Approved).From(2).Drop() },
        { "RequirementApproved is stated to be at v2, but steps know v3.", types => types.Add(Approved).AtVersion(2).From(1).To(2, Nothing).From(2).To(3, Nothing) },
        { "RequirementApproved is stated to be at v2 and v3.", types => types.Add(Approved).AtVersion(2).AtVersion(3).From(1).To(2, Nothing).From(2).To(3, Nothing) },
        { "The step 'RequirementApproved v1 to v2' is registered 2 times.", types => types.Add(Approved).From(1).To(2, Nothing).From(1).To(2, Nothing) },
        {
            "There are two paths from RequirementApproved v1: 'RequirementApproved v1 to v2' and 'RequirementApproved v1 to v3'.",
            types => types.Add(Approved).From(1).To(2, Nothing).From(2).To(3, Nothing).From(1).To(3, Nothing)
        },
        {
            "There are two paths from RequirementApproved v1: 'RequirementApproved v1 dropped' and 'RequirementApproved v1 to v2'.",
            types => types.Add(Approved).From(1).To(2, Nothing).From(1).Drop()
        },
        { "RequirementApproved has more than one schema.", types => types.Add(Approved).WithSchema("{}").WithSchema("{}") },
        { "A step from RequirementApproved v1 was begun that leads nowhere.", types => types.Add(Approved).From(1) },
        { "A step from RequirementApproved v1 was begun that leads nowhere.", types => types.Add(Approved).From(1).LookUp((_, _) => ValueTask.FromResult(1)) },
        { "The step 'RequirementApproved v2 to v1' does not lead to a later version.", types => types.Add(Approved).From(1).To(2, Nothing).From(2).To(1, Nothing) },
        { "The step 'RequirementApproved v1 to v1' does not lead to a later version.", types => types.Add(Approved).From(1).RenameTo(Approved, 1) },
        { "The step 'ReqApproved v1 to RequirementApproved v1' leads to RequirementApproved, which is not known.", types => types.Add(Legacy).From(1).RenameTo(Approved, 1) },
        {
            "The step 'ReqApproved v1 to RequirementApproved v3' leads to RequirementApproved v3, but RequirementApproved is at v2.",
            types =>
            {
                types.Add(Approved).From(1).To(2, Nothing);
                types.Add(Legacy).From(1).RenameTo(Approved, 3);
            }
        },
        {
            "The step 'ReqApproved v1 to RequirementApproved v0' leads to RequirementApproved v0, but RequirementApproved is at v1.",
            types =>
            {
                types.Add(Approved);
                types.Add(Legacy).From(1).RenameTo(Approved, 0);
            }
        },
        {
            "The step 'ReqApproved v1 into RequirementApproved v1, RequirementPublished v1' leads to RequirementPublished, which is not known.",
            types =>
            {
                types.Add(Approved);
                types.Add(Legacy).From(1).SplitInto(parts => parts.Into(Approved, 1, (data, _) => data).Into(Published, 1, (data, _) => data));
            }
        },
        { "ReqApproved v1 is split into nothing; drop it if that is meant.", types => types.Add(Legacy).From(1).SplitInto(_ => { }) },
        {
            "Steps go in a circle: Other v1 to ReqApproved v1 to Other v1.",
            types =>
            {
                types.Add(Legacy).From(1).RenameTo(Other, 1);
                types.Add(Other).From(1).RenameTo(Legacy, 1);
            }
        },
        {
            "Steps go in a circle: Other v2 to ReqApproved v1 to Other v1 to Other v2.",
            types =>
            {
                types.Add(Legacy).From(1).SplitInto(parts => parts.Into(Approved, 1, (data, _) => data).Into(Other, 1, (data, _) => data));
                types.Add(Other).From(1).To(2, Nothing).From(2).RenameTo(Legacy, 1);
                types.Add(Approved);
            }
        },
        {
            "The step 'RequirementApproved v1 to v2' asks IFormattable, which is not registered.",
            types => types.Add(Approved).From(1).LookUp((IFormattable _, LookUpInput _, CancellationToken _) => ValueTask.FromResult(1)).To(2, (_, _, _) => { })
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_an_error_that_names_type_and_versions(string message, Action<EventCatalogBuilder> describe)
    {
        var failure = Assert.Throws<InvalidEventCatalogException>(() => Catalog(describe));

        var problem = Assert.Single(failure.Problems);
        if (message.StartsWith("Steps go in a circle", StringComparison.Ordinal))
        {
            Assert.StartsWith("Steps go in a circle", problem, StringComparison.Ordinal);
            Assert.Equal(Rotation(message), Rotation(problem));
        }
        else
        {
            Assert.Equal(message, problem);
        }
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var failure = Assert.Throws<InvalidEventCatalogException>(() => Catalog(static types =>
        {
            types.Add(Approved).AtVersion(3);
            types.Add(Legacy).From(1).RenameTo(Other, 1);
        }));

        Assert.Equal(3, failure.Problems.Count);
        Assert.StartsWith("The event catalogue is not valid: The step 'ReqApproved v1 to Other v1' leads to Other, which is not known.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_jump_is_allowed_where_the_versions_between_have_a_path_of_their_own()
    {
        var catalog = Catalog(static types => types.Add(Approved).From(1).To(3, Nothing).From(2).To(3, Nothing));

        Assert.Equal(3, catalog.LatestVersion(Approved));
    }

    private static IEnumerable<string> Names(EventCatalog catalog, EventType type) => catalog.StoredNamesOf(type).Select(static name => name.Value);

    /// <summary>The places of a circle, which may be told from any of them.</summary>
    private static IEnumerable<string> Rotation(string message) => message.Split(": ")[1].TrimEnd('.').Split(" to ").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static void Nothing(System.Text.Json.Nodes.JsonObject data)
    {
    }
}

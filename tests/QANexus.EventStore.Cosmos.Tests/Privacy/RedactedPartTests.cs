using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using static QANexus.EventStore.Cosmos.Tests.Privacy.RedactionSteps;

namespace QANexus.EventStore.Cosmos.Tests.Privacy;

/// <summary>Redactions by the id of an event that upcasting makes several of.</summary>
public sealed class RedactedPartTests
{
    /// <summary>Twice, as the parts of a redacted event are known by its type alone.</summary>
    [Theory]
    [InlineData("Requirement:r1:2", 2)]
    [InlineData("Requirement:r1:2.2", 2)]
    [InlineData("own", 3)]
    [InlineData("own.2", 3)]
    [InlineData("own.1", 4)]
    [InlineData("deep.1", 5)]
    [InlineData("deep.1.2", 5)]
    [InlineData("deep.2", 5)]
    [InlineData("many.3", 6)]
    public async Task An_id_names_an_event_in_every_form_that_the_store_shows_one_in(string id, long version)
    {
        await using var fixture = await StoreFixture.StartAsync();
        var process = await AppendSplitEventsAsync(fixture);

        foreach (var _ in new[] { 1, 2 })
        {
            Assert.IsType<RedactionResult.Redacted>(await process.Redactor.RedactAsync(Tenant, Id(id), Request, CancellationToken.None));
        }

        Assert.Equal([version], (await fixture.Store.ReadAllAsync(Some.Stream)).Where(static e => e.Redaction is not null).Select(static e => e.Version));
    }

    /// <summary>A slip of the finger must not take the data of an event whose other parts nobody meant.</summary>
    [Theory]
    [InlineData("Requirement:r1:1.1")]
    [InlineData("Requirement:r1:2.3")]
    [InlineData("Requirement:r1:2.9")]
    [InlineData("Requirement:r1:2.1.1")]
    [InlineData("own.3")]
    [InlineData("own.1.1")]
    [InlineData("deep.3")]
    [InlineData("many.4")]
    [InlineData("deep.1.3")]
    [InlineData("deep.2.1")]
    [InlineData("deep.1.1.1")]
    public async Task A_part_that_no_read_shows_is_not_found_and_nothing_is_written(string id)
    {
        await using var fixture = await StoreFixture.StartAsync();
        var process = await AppendSplitEventsAsync(fixture);

        Assert.IsType<RedactionResult.NotFound>(await process.Redactor.RedactAsync(Tenant, Id(id), Request, CancellationToken.None));

        Assert.Null((await process.For("t1").FindAsync(Id(id), EventForm.Latest, CancellationToken.None)).Event);
        Assert.Empty(process.PrivilegedRequests.Lines);
    }

    [Fact]
    public async Task Whether_an_event_of_a_newer_build_has_a_part_cannot_be_told_and_nothing_is_written()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(
            Some.Append(ExpectedPosition.Any, Some.Event("Pair", "newer", Secret) with { SchemaVersion = 9 }), CancellationToken.None);
        var process = fixture.StartProcess(static services => services.AddEventTypes(Describe));

        await Assert.ThrowsAsync<UnknownSchemaVersionException>(() => process.Redactor.RedactAsync(Tenant, Id("newer.1"), Request, CancellationToken.None));

        Assert.Empty(process.PrivilegedRequests.Lines);
        Assert.IsType<RedactionResult.Redacted>(await process.Redactor.RedactAsync(Tenant, Id("newer"), Request, CancellationToken.None));
    }

    /// <summary>A process of a build that splits what an older one has stored.</summary>
    private static async Task<StoreProcess> AppendSplitEventsAsync(StoreFixture fixture)
    {
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Event()), CancellationToken.None);
        await fixture.Store.AppendAsync(
            Some.Append(ExpectedPosition.Any, Some.Event("Pair"), Some.Event("Pair", "own"), Some.Event("Left", "own.1"), Some.Event("Nest", "deep"), Some.Event("Many", "many")),
            CancellationToken.None);
        return fixture.StartProcess(static services => services.AddEventTypes(Describe));
    }

    private static void Describe(EventCatalogBuilder types)
    {
        types.Add(EventType.Parse("Left"));
        types.Add(EventType.Parse("Right"));
        types.Add(EventType.Parse("Pair")).From(1).SplitInto(static parts => parts
            .Into(EventType.Parse("Left"), 1, static (data, _) => data).Into(EventType.Parse("Right"), 1, static (data, _) => data));
        types.Add(EventType.Parse("Many")).From(1).SplitInto(static parts => parts.IntoMany(EventType.Parse("Left"), 1, static (data, _) => [data, data, data]));
        types.Add(EventType.Parse("Nest")).From(1).SplitInto(static parts => parts
            .Into(EventType.Parse("Pair"), 1, static (data, _) => data).Into(EventType.Parse("Right"), 1, static (data, _) => data));
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Tests.Documentation;

/// <summary>The guide's schema evolution, which it shows to the letter.</summary>
public sealed class SchemaEvolutionGuideTests
{
    private static readonly EventType RequirementApproved = EventType.Parse("RequirementApproved");
    private static readonly EventType RequirementPublished = EventType.Parse("RequirementPublished");
    private static readonly EventType ReqApproved = EventType.Parse("ReqApproved");
    private static readonly EventType ReqApprovedAndPublished = EventType.Parse("ReqApprovedAndPublished");
    private static readonly EventType ScreenOpened = EventType.Parse("ScreenOpened");
    private static readonly EventType BugTriaged = EventType.Parse("BugTriaged");

    private interface ITeams
    {
        ValueTask<string> OfAsync(TenantId tenant, DateTimeOffset at, CancellationToken cancellationToken);
    }

    [Fact]
    public async Task The_sample_reads_what_earlier_builds_stored()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(
            Some.Append(
                ExpectedPosition.NoStream,
                Some.Event("ReqApproved", data: """{"approver":"ann"}""", at: DateTimeOffset.UnixEpoch), Some.Event("ReqApprovedAndPublished", at: DateTimeOffset.UnixEpoch),
                Some.Event("ScreenOpened"), Some.Event("BugTriaged")),
            CancellationToken.None);

        var events = await fixture.StartProcess(configure: AddTypes).For("t1").ReadAllAsync(Some.Stream);

        Assert.Equal(
            [
                """Requirement:r1:1 RequirementApproved v3 {"approver":"ann","approverRole":"REVIEWER","approvedAt":"1970-01-01T00:00:00.0000000+00:00"}""",
                """Requirement:r1:2.1 RequirementApproved v3 {"approver":null,"approverRole":"REVIEWER","approvedAt":"1970-01-01T00:00:00.0000000+00:00"}""",
                "Requirement:r1:2.2 RequirementPublished v1 {}",
                """Requirement:r1:4 BugTriaged v2 {"team":"team of t1"}""",
            ],
            events.Select(static e => $"{e.Id} {e.Type} v{e.SchemaVersion} {e.Data}"));
    }

    private static void AddTypes(IServiceCollection services)
    {
        services.AddSingleton<ITeams, Teams>();
        // sample
        services.AddEventTypes(types =>
        {
            types.Add(RequirementApproved)
                .From(1).To(2, data => data["approverRole"] ??= "REVIEWER")
                .From(2).To(3, (data, e) => data["approvedAt"] ??= e.OccurredAt.ToString("O", CultureInfo.InvariantCulture))
                .WithSchema("""{ "type": "object", "required": ["approverRole", "approvedAt"] }""");
            types.Add(ReqApproved).From(1).RenameTo(RequirementApproved, 1);
            types.Add(ReqApprovedAndPublished).From(1).SplitInto(parts => parts
                .Into(RequirementApproved, 1, (data, e) => new JsonObject { ["approver"] = data["approver"]?.DeepClone() })
                .Into(RequirementPublished, 1, (data, e) => new JsonObject()));
            types.Add(RequirementPublished);
            types.Add(ScreenOpened).From(1).Drop();
            types.Add(BugTriaged)
                .From(1).LookUp((ITeams teams, LookUpInput look, CancellationToken cancellation) =>
                    teams.OfAsync(look.Tenant, look.Event.OccurredAt, cancellation))
                .To(2, (data, e, team) => data["team"] = team);
        });
        // end of sample
    }

    private sealed class Teams : ITeams
    {
        public ValueTask<string> OfAsync(TenantId tenant, DateTimeOffset at, CancellationToken cancellationToken) => ValueTask.FromResult($"team of {tenant}");
    }
}

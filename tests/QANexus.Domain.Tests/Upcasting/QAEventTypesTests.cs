using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Requirements;
using QANexus.Domain.Reservations;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.Domain.Upcasting;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.Domain.Tests.Upcasting;

public sealed class QAEventTypesTests
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly EventUpcaster Upcaster = new(Catalog());

    [Fact]
    public async Task An_approval_of_version_1_gets_a_role_and_the_time_of_the_event()
    {
        var e = await Upcast("RequirementApproved", 1, """{"title":"Sign in","approverId":"ann"}""");

        Assert.Equal(3, e.SchemaVersion);
        Assert.Equal("""{"title":"Sign in","approverId":"ann","approverRole":"REVIEWER","approvedAt":"2025-03-04T12:00:00Z"}""", e.Data.ToString());
        Assert.Equal(e.Data, (await Upcast("RequirementApproved", 1, """{"title":"Sign in","approverId":"ann"}""")).Data);
    }

    [Fact]
    public async Task An_approval_of_version_2_keeps_its_role() =>
        Assert.Equal(
            """{"approverRole":"PM","approvedAt":"2025-03-04T12:00:00Z"}""", (await Upcast("RequirementApproved", 2, """{"approverRole":"PM"}""")).Data.ToString());

    [Fact]
    public async Task What_is_there_stays_null_included()
    {
        var e = await Upcast("RequirementApproved", 1, """{"approverRole":null,"approvedAt":"2020-01-01T00:00:00Z","score":1.10}""");

        Assert.Equal("""{"approverRole":null,"approvedAt":"2020-01-01T00:00:00Z","score":1.10}""", e.Data.ToString());
    }

    [Fact]
    public async Task An_event_of_the_latest_version_is_left_alone()
    {
        var stored = Stored("RequirementApproved", 3, "{}");

        Assert.Same(stored, Assert.Single(await Upcaster.UpcastAsync(TenantId.Parse("t1"), stored, CancellationToken.None)));
    }

    [Fact]
    public async Task A_readiness_of_version_1_gets_a_window_of_a_day_and_keeps_its_score()
    {
        var e = await Upcast("ReleaseReadinessAchieved", 1, """{"version":"1.0.0","score":85}""");

        var data = JsonNode.Parse(e.Data.Utf8.Span)!;
        Assert.Equal((2, 85), (e.SchemaVersion, data["score"]!.GetValue<int>()));
        Assert.Equal(("2025-03-04T12:00:00Z", "2025-03-05T12:00:00Z"), (data["deploymentWindow"]!["startTime"]!.GetValue<string>(), data["deploymentWindow"]!["endTime"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_achievement_at_the_end_of_time_has_a_deployment_window_all_the_same()
    {
        var stored = Stored("ReleaseReadinessAchieved", 1, "{}") with { OccurredAt = DateTimeOffset.MaxValue };

        var data = JsonNode.Parse(Assert.Single(await Upcaster.UpcastAsync(TenantId.Parse("t1"), stored, CancellationToken.None)).Data.Utf8.Span)!;

        Assert.Equal("9999-12-31T23:59:59.9999999Z", data["deploymentWindow"]!["endTime"]!.GetValue<string>());
    }

    [Fact]
    public async Task Old_approvals_are_folded_as_new_ones()
    {
        var state = new RequirementAggregate().Evolve(RequirementState.Initial, await Upcast("RequirementApproved", 1, """{"approverId":"ann"}"""));

        Assert.Equal((RequirementStatus.Approved, "ann", "REVIEWER", Noon), (state.Status, state.ApproverId, state.ApproverRole, state.ApprovedAt));
    }

    [Fact]
    public void The_catalogue_knows_every_event_of_the_domain_with_its_version()
    {
        var catalog = Catalog();

        Assert.Equal(
            """
            BugClosed 1, BugCreated 1, BugDeferred 1, BugInvalidated 1, BugReopened 1, BugResolved 1, BugTriageUpdated 1, BugTriaged 1, BugVerified 1, BugWorkStarted 1,
            DeploymentAborted 1, DeploymentEnabled 1, FailedToGenerateTasks 1, ItemAddedToSprint 1, ItemRemovedFromSprint 1, ItemStatusChanged 1,
            ReleaseAborted 1, ReleaseActivated 1, ReleaseBlocked 1, ReleaseCreated 1, ReleaseFrozen 1, ReleaseGateOverridden 1, ReleaseReadinessAchieved 2,
            ReleaseReadinessEvaluated 1, ReleaseReleased 1, ReleaseUnblocked 1,
            RequirementAnalyzed 1, RequirementApproved 3, RequirementBacklogged 1, RequirementCompleted 1, RequirementCreated 1, RequirementMarkedReady 1,
            RequirementNeedsRevision 1, RequirementPublished 1, RequirementUpdated 1, ReservationMade 1, ReservationReleased 1,
            SprintCancelled 1, SprintCompleted 1, SprintCreated 1, SprintStarted 1, TasksGenerated 1,
            TestResultRecorded 1, TestRunAnalyzed 1, TestRunCancelled 1, TestRunCompleted 1, TestRunCreated 1, TestRunStarted 1, TestRunStopped 1
            """.ReplaceLineEndings(" "),
            string.Join(", ", catalog.Types.Select(static type => $"{type.Type} {type.LatestVersion}")));
        Assert.Equal(["ReleaseReadinessAchieved", "RequirementApproved"], catalog.Types.Where(static type => type.Schema is not null).Select(static type => type.Type.Value));
    }

    [Fact]
    public void One_call_adds_the_aggregates_and_twice_is_once()
    {
        using var services = new ServiceCollection().AddQADomain().AddQADomain().BuildServiceProvider();

        Assert.Equal(QAEventTypes.All.Count, services.GetRequiredService<EventCatalog>().Types.Count);
        Assert.NotNull(services.GetService<AggregateRepositories<RequirementState>>());
        Assert.NotNull(services.GetService<AggregateRepositories<SprintState>>());
        Assert.NotNull(services.GetService<AggregateRepositories<ReleaseState>>());
        Assert.NotNull(services.GetService<AggregateRepositories<BugState>>());
        Assert.NotNull(services.GetService<AggregateRepositories<TestRunState>>());
        Assert.NotNull(services.GetService<AggregateRepositories<ReservationState>>());
    }

    private static EventCatalog Catalog()
    {
        var builder = new EventCatalogBuilder();
        QAEventTypes.Describe(builder);
        return builder.Build();
    }

    private static async Task<RecordedEvent> Upcast(string type, int version, string data) =>
        Assert.Single(await Upcaster.UpcastAsync(TenantId.Parse("t1"), Stored(type, version, data), CancellationToken.None));

    private static RecordedEvent Stored(string type, int version, string data)
    {
        var stream = StreamId.Parse("Requirement:a1");
        return new RecordedEvent
        {
            Id = EventId.At(stream, 1),
            Type = EventType.Parse(type),
            SchemaVersion = version,
            Stream = stream,
            Version = 1,
            Commit = 1,
            OccurredAt = Noon,
            StoredAt = Noon,
            Data = JsonObjectText.Parse(data),
            Origin = new AppendMetadata(),
        };
    }
}

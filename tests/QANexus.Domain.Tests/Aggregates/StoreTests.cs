using System.Text;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Domain.Actors;
using QANexus.Domain.Requirements;
using QANexus.Domain.Reservations;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestReports;
using QANexus.Domain.TestRuns;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using QANexus.Testing.Stores;
using QANexus.Testing.Time;

namespace QANexus.Domain.Tests.Aggregates;

/// <summary>The aggregates on a store, by the one call that registers them.</summary>
public sealed class StoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Pm = new("pat", [Role.Pm]);

    private readonly ServiceProvider services;
    private readonly ITenantEventStore store;

    public StoreTests()
    {
        var time = new ManualTimeProvider(Noon);
        services = new ServiceCollection().AddSingleton<TimeProvider>(time).AddSingleton<IEventSchemaCompiler, AnySchema>().AddQADomain().BuildServiceProvider();
        store = new InMemoryEventStore(
            time, services.GetRequiredService<EventCatalog>(), new EventCatalogOptions(), services.GetRequiredService<IEventSchemaCompiler>()).ForTenant(TenantId.Parse("t1"));
    }

    [Fact]
    public async Task A_requirement_is_approved_in_the_latest_version_of_the_event()
    {
        var requirements = Repository<RequirementState>();
        await Begin(requirements, "r1", static state => state.Create(new NewRequirement { Title = "Sign in", Content = "c" }));
        await Do(requirements, "r1", static state => state.Analyze(new RqsScore { Score = 80, Clarity = 80, Completeness = 80, Testability = 80, Consistency = 80 }));

        var approved = await Do(requirements, "r1", static state => state.Approve(Pm, Noon, RequirementPolicy.Default));
        var stored = await store.ReadAsync(StreamId.Parse("Requirement:r1"), new StreamReadOptions { Form = EventForm.AsStored }, CancellationToken.None);

        Assert.Equal(RequirementStatus.Approved, Assert.IsType<CommandResult<RequirementState>.Appended>(approved).Aggregate.State.Status);
        Assert.Equal([("RequirementCreated", 1), ("RequirementAnalyzed", 1), ("RequirementApproved", 3)], stored.Events.Select(static e => (e.Type.Value, e.SchemaVersion)));
        Assert.Equal("r1", stored.Events[0].Stream.AggregateId.Value);
    }

    [Fact]
    public async Task An_approval_that_was_stored_years_ago_is_read_as_one_of_today()
    {
        var stream = StreamId.Parse("Requirement:r1");
        await store.AppendAsync(
            new AppendRequest
            {
                Stream = stream,
                Events =
                [
                    new NewEvent { Type = EventType.Parse("RequirementCreated"), Data = JsonObjectText.Parse("""{"title":"Old","criteria":["x"]}""") },
                    new NewEvent
                    {
                        Type = EventType.Parse("RequirementApproved"), SchemaVersion = 1, OccurredAt = Noon.AddYears(-3),
                        Data = JsonObjectText.Parse("""{"approverId":"ann","title":"Old"}"""),
                    },
                ],
            },
            CancellationToken.None);

        var state = (await Repository<RequirementState>().LoadAsync(AggregateId.Parse("r1"), CancellationToken.None)).State;

        Assert.Equal(("Old", RequirementStatus.Approved, "REVIEWER", Noon.AddYears(-3)), (state.Title, state.Status, state.ApproverRole, state.ApprovedAt));
    }

    [Fact]
    public async Task A_second_active_sprint_is_refused_until_the_first_gives_its_place_back()
    {
        var reservations = Repository<ReservationState>();
        var place = Reservation.ActiveSprint;

        Assert.IsType<CommandResult<ReservationState>.Appended>(await Any(reservations, place.Id, static state => state.Make(AggregateId.Parse("s1"), Reservation.ActiveSprint)));
        var refused = Assert.IsType<CommandResult<ReservationState>.Rejected>(
            await Any(reservations, place.Id, static state => state.Make(AggregateId.Parse("s2"), Reservation.ActiveSprint)));
        Assert.Equal("sprint.active.exists", refused.Rejection.Rule);
        Assert.IsType<CommandResult<ReservationState>.Unchanged>(await Any(reservations, place.Id, static state => state.Make(AggregateId.Parse("s1"), Reservation.ActiveSprint)));
        await Any(reservations, place.Id, static state => state.Release(AggregateId.Parse("s1")));
        Assert.IsType<CommandResult<ReservationState>.Appended>(await Any(reservations, place.Id, static state => state.Make(AggregateId.Parse("s2"), Reservation.ActiveSprint)));
    }

    [Fact]
    public async Task An_import_that_broke_off_goes_on_and_a_second_one_writes_nothing()
    {
        var tests = string.Concat(Enumerable.Range(0, 700).Select(static n => $"<testcase name='t{n}' time='0.001'/>"));
        var report = await TestReport.ReadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes($"<testsuite name='s'>{tests}</testsuite>")), TestReportLimits.Default, CancellationToken.None);

        await Import(report, steps: 2);
        var first = await Import(report, steps: int.MaxValue);
        var second = await Import(report, steps: int.MaxValue);

        Assert.Equal([true, true, false, false, false], first);
        Assert.Equal([true, true, true, true, true], second);
        var run = (await Repository<TestRunState>().LoadAsync(TestRunImport.IdOf(report), CancellationToken.None)).State;
        Assert.Equal((TestRunStatus.Completed, 700, 700m), (run.Status, run.PassedTests, run.TotalDurationMs));
    }

    [Fact]
    public async Task A_sprint_is_planned_and_started_by_one_append()
    {
        var sprints = Repository<SprintState>();
        var started = await Begin(sprints, "s1", static state => state.Create(new NewSprint
        {
            Name = "One", StartDate = Noon, EndDate = Noon.AddDays(14), Starts = true, Items = [new NewSprintItem { Id = "i1", Title = "Do it", StoryPoints = 5 }],
        }));

        Assert.Equal((1L, 3L), (started.Receipt.Position.Commit, started.Receipt.Position.Version));
        Assert.Equal(SprintStatus.Active, started.Aggregate.State.Status);
    }

    /// <summary>Whether each step was done before.</summary>
    private async Task<List<bool>> Import(TestReport report, int steps)
    {
        var (runs, done) = (Repository<TestRunState>(), new List<bool>());
        await Step(state => state.Create(TestRunImport.ToRun(report, null, "quinn", null, null)));
        await foreach (var results in TestRunImport.ReadStepsAsync(report, CancellationToken.None))
        {
            await Step(state => state.Record(results));
        }

        await Step(static state => state.Complete());
        return done;

        async Task Step(Func<TestRunState, Decision> decide)
        {
            if (done.Count < steps)
            {
                var key = TestRunImport.KeyOf(report, done.Count);
                var result = await runs.ExecuteAsync(
                    new AggregateCommand<TestRunState>
                    {
                        Id = TestRunImport.IdOf(report),
                        Decide = decide,
                        Expected = ExpectedPosition.Any,
                        CommitId = key,
                        Fingerprint = RequestFingerprint.Of(key.Value, []),
                    },
                    CancellationToken.None);
                done.Add(Assert.IsType<CommandResult<TestRunState>.Appended>(result).IsReplay);
            }
        }
    }

    private AggregateRepository<TState> Repository<TState>()
        where TState : class => services.GetRequiredService<AggregateRepositories<TState>>().For(store);

    private static async Task<CommandResult<TState>.Appended> Begin<TState>(AggregateRepository<TState> repository, string id, Func<TState, Decision> decide)
        where TState : class => Assert.IsType<CommandResult<TState>.Appended>(await repository.ExecuteAsync(
            new AggregateCommand<TState> { Id = AggregateId.Parse(id), Decide = decide, Expected = ExpectedPosition.NoStream }, CancellationToken.None));

    private static Task<CommandResult<TState>> Do<TState>(AggregateRepository<TState> repository, string id, Func<TState, Decision> decide)
        where TState : class => repository.ExecuteAsync(new AggregateCommand<TState> { Id = AggregateId.Parse(id), Decide = decide }, CancellationToken.None);

    private static Task<CommandResult<TState>> Any<TState>(AggregateRepository<TState> repository, AggregateId id, Func<TState, Decision> decide)
        where TState : class => repository.ExecuteAsync(
            new AggregateCommand<TState> { Id = id, Decide = decide, Expected = ExpectedPosition.Any }, CancellationToken.None);

    /// <summary>The compiler of the real host is the Cosmos store's; here no schema has anything to say.</summary>
    private sealed class AnySchema : IEventSchemaCompiler, IEventSchema
    {
        public IEventSchema Compile(string schema) => this;

        public IReadOnlyList<JsonViolation> FindViolations(JsonObjectText data) => [];
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using QANexus.Domain.Actors;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Requirements;
using QANexus.Domain.Reservations;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Tests.Aggregates;

/// <summary>
/// Events of the domain that no command raised: whatever of them is let into a stream has a state, which can be written, read again and asked anything.
/// </summary>
public sealed class AppendedEventsTests
{
    private const int MaxEvents = 12;
    private const int Iterations = 1_000;
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 10, 0, 0, TimeSpan.Zero);
    private static readonly AggregateId Id = AggregateId.Parse("a1");
    private static readonly Actor Em = new("eve", [Role.Em]);
    private static readonly DateTimeOffset[] Times = [Now, DateTimeOffset.MinValue, DateTimeOffset.MaxValue];

    [Fact]
    public void Requirements() => Sample(
        new RequirementAggregate(), RequirementJson.Default,
        static state => state.Publish(), static state => state.MarkReady(), static state => state.Approve(Em, Now, RequirementPolicy.Default),
        static state => state.Approve(Em, Now, new RequirementPolicy { WaivesAnalysis = true }), static state => state.Backlog(),
        static state => state.NeedsRevision("why"), static state => state.Update(new RequirementChanges("T", "C")), static state => state.Complete(),
        static state => state.RecordTasks([]), static state => state.RecordTaskFailure("why"), static state => state.Create(new NewRequirement { Title = "T", Content = "C" }));

    [Fact]
    public void Sprints() => Sample(
        new SprintAggregate(), SprintJson.Default,
        static state => state.AddItem(new NewSprintItem { Id = "a1", Title = "T", StoryPoints = 3 }), static state => state.RemoveItem("a1"),
        static state => state.MoveItem("a1", SprintItemStatus.Done), static state => state.Start(), static state => state.Complete(), static state => state.Cancel("why"));

    [Fact]
    public void Releases() => Sample(
        new ReleaseAggregate(), ReleaseJson.Default,
        static state => state.Evaluate(new ReadinessInputs(), Now, ReleasePolicy.Default), static state => state.Activate(), static state => state.Freeze(),
        static state => state.Release(Now, ReleasePolicy.Default), static state => state.Block("why"), static state => state.Abort("why"),
        static state => state.Override("why", Em), static state => state.VerifyDeployment(new ReadinessInputs(), Now, ReleasePolicy.Default));

    [Fact]
    public void Bugs() => Sample(
        new BugAggregate(), BugJson.Default,
        static state => state.Triage(new BugTriage(BugSeverity.High, BugPriority.P1), Em), static state => state.UpdateTriage(BugSeverity.Low, null, null, Em),
        static state => state.StartWork(), static state => state.Resolve(null), static state => state.Verify(), static state => state.Close(),
        static state => state.Reopen("why"), static state => state.Defer("why", Em), static state => state.Invalidate("why"));

    [Fact]
    public void Test_runs() => Sample(
        new TestRunAggregate(), TestRunJson.Default,
        static state => state.Start(), static state => state.Record(new NewTestResult { TestCaseId = "a1", Outcome = TestOutcome.Passed, DurationMs = 1 }),
        static state => state.Complete(incomplete: true), static state => state.Stop(null), static state => state.Cancel("why"), static state => state.Analyze(null));

    [Fact]
    public void Reservations() => Sample(
        new ReservationAggregate(), ReservationJson.Default, static state => state.Make(Id, Reservation.ActiveSprint), static state => state.Release(Id));

    private static void Sample<TState>(AggregateDefinition<TState> definition, JsonSerializerContext json, params Func<TState, Decision>[] commands)
        where TState : class
    {
        var classes = definition.EventTypes
            .Select(type => (type, json.GetTypeInfo(typeof(QADomainRegistration).Assembly.GetTypes().Single(known => known.Name == type.Value))!))
            .ToArray();
        var (admitted, refused) = (0, 0);
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            var state = definition.Initial;
            for (var version = 1; version <= random.Next(1, MaxEvents); version++)
            {
                var (type, data) = classes[random.Next(classes.Length)];
                var e = Recorded(new StreamId(definition.Type, Id), type, AppendedData.Of(data, random).ToJsonString(), version, Times[random.Next(Times.Length)]);
                if (definition.FindMisfit(e) is not null)
                {
                    Interlocked.Increment(ref refused);
                    continue;
                }

                Interlocked.Increment(ref admitted);
                state = definition.Evolve(state, e);
            }

            var written = JsonSerializer.Serialize(state, definition.StateType);
            Assert.Equal(written, JsonSerializer.Serialize(JsonSerializer.Deserialize(written, definition.StateType)!, definition.StateType));
            Assert.All(commands, command => Assert.NotNull(Follow(definition, state, command(state))));
        }, iter: Iterations);
        Assert.True(Math.Min(admitted, refused) > Iterations / 10, $"{admitted} admitted, {refused} refused: one of them proves nothing");
    }

    /// <summary>What a command would do is folded before it is written, and that too has to succeed.</summary>
    private static TState Follow<TState>(AggregateDefinition<TState> definition, TState state, Decision decision)
        where TState : class => decision is Decision.Raised raised
        ? definition.Evolve(state, raised.ToNew(definition).Select((e, n) =>
            Recorded(new StreamId(definition.Type, Id), e.Type, System.Text.Encoding.UTF8.GetString(e.Data.Utf8.Span), MaxEvents + n, Now)))
        : state;

    private static RecordedEvent Recorded(StreamId stream, EventType type, string data, long version, DateTimeOffset at) => new()
    {
        Id = EventId.At(stream, version),
        Type = type,
        SchemaVersion = 1,
        Stream = stream,
        Version = version,
        Commit = version,
        OccurredAt = at,
        StoredAt = Now,
        Data = JsonObjectText.Parse(data),
        Origin = new AppendMetadata { Actor = "ann" },
    };
}

using System.Collections.Immutable;
using System.Globalization;
using QANexus.Domain.Bugs;
using QANexus.Domain.Requirements;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.TestRuns;

namespace QANexus.ReadModels.Readiness;

/// <summary>
/// The view <c>readiness-sources</c>: the figures that releases are judged by, in few documents. Bugs and requirements are spread over 16 documents each
/// (<c>bugs:0</c> to <c>bugs:f</c>), each of which has the 2 MB of an item; the newest test runs that ended are in <c>test-runs</c>, and those of a release in
/// <c>test-runs:{release}</c>. What was redacted counts as the aggregates themselves take it, as on the dashboard: a bug without its triage is an untriaged one.
/// </summary>
public sealed class ReadinessSources() : RollUpProjection<ReadinessEntry, ReadinessDocument>(
    Name, ReadModelsJson.Default.ReadinessEntry, ReadModelsJson.Default.ReadinessDocument, Types)
{
    /// <summary>Test runs of one scope that are remembered.</summary>
    public const int MaxTestRuns = 10;

    private const int Shards = 16;

    private static readonly BugAggregate Bug = new();
    private static readonly RequirementAggregate Requirement = new();

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("readiness-sources");

    /// <summary>The document with a tenant's newest test runs.</summary>
    public static ViewId TestRuns { get; } = ViewId.Parse("test-runs");

    /// <summary>All documents of bugs, or of requirements, come between these ids.</summary>
    internal static string BugPrefix => "bugs:";

    internal static string RequirementPrefix => "requirements:";

    private static IReadOnlyCollection<EventType> Types =>
    [
        .. new[]
        {
            nameof(BugCreated), nameof(BugTriaged), nameof(BugTriageUpdated), nameof(BugWorkStarted), nameof(BugResolved), nameof(BugVerified), nameof(BugClosed),
            nameof(BugReopened), nameof(BugDeferred), nameof(BugInvalidated),
            nameof(RequirementCreated), nameof(RequirementPublished), nameof(RequirementMarkedReady), nameof(RequirementApproved), nameof(RequirementBacklogged),
            nameof(RequirementNeedsRevision), nameof(RequirementCompleted),
            nameof(TestRunCompleted),
        }.Select(EventType.Parse),
    ];

    /// <summary>The document with a release's newest test runs; null where a release's name is none.</summary>
    public static ViewId? TestRunsOf(string? release) =>
        release is { Length: > 0 } && ViewId.TryParse($"{TestRuns}:{release}", out var id) ? id : null;

    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) =>
        aggregateType.Value is BugAggregate.TypeName or RequirementAggregate.TypeName or TestRunAggregate.TypeName;

    /// <inheritdoc/>
    protected override ReadinessEntry? Evolve(ReadinessEntry? entry, RecordedEvent e) => e.Stream.AggregateType.Value switch
    {
        // Clients may append any event to any stream.
        var type when !e.Type.Value.StartsWith(type, StringComparison.Ordinal) => entry,
        BugAggregate.TypeName => new ReadinessEntry { Bug = After(entry?.Bug, e) },
        RequirementAggregate.TypeName => new ReadinessEntry
        {
            Requirement = Requirement.Evolve(RequirementState.Initial with { Status = entry?.Requirement ?? RequirementState.Initial.Status }, e).Status,
        },

        // A completion without its data says nothing about tests.
        _ when e.Redaction is not null => entry,
        _ => Completed(e),
    };

    /// <inheritdoc/>
    protected override IEnumerable<ViewId> DocumentsOf(StreamId stream, ReadinessEntry entry) => entry switch
    {
        { Bug: not null } => [ShardOf(BugPrefix, stream)],
        { Requirement: not null } => [ShardOf(RequirementPrefix, stream)],
        _ => TestRunsOf(entry.ReleaseId) is { } ofRelease ? [TestRuns, ofRelease] : [TestRuns],
    };

    /// <inheritdoc/>
    protected override ReadinessDocument? Apply(ViewId id, ReadinessDocument? document, StreamId stream, ReadinessEntry? before, ReadinessEntry? now)
    {
        var key = stream.AggregateId.Value;
        return stream.AggregateType.Value switch
        {
            BugAggregate.TypeName => With(document?.Bugs, key, now?.Bug) is { } bugs ? new ReadinessDocument { Bugs = bugs } : null,
            RequirementAggregate.TypeName => With(document?.Requirements, key, now?.Requirement) is { } requirements
                ? new ReadinessDocument { Requirements = requirements }
                : null,
            _ => With(document?.TestRuns ?? [], key, now?.TestRun) is { IsEmpty: false } runs ? new ReadinessDocument { TestRuns = runs } : null,
        };
    }

    private static BugFact After(BugFact? before, RecordedEvent e)
    {
        var state = Bug.Evolve(
            before is null
                ? BugState.Initial
                : BugState.Initial with
                {
                    Id = e.Stream.AggregateId.Value, Status = before.Status, Severity = before.Severity, Priority = before.Priority, ReleaseId = before.ReleaseId,
                },
            e);
        return new BugFact(state.Status, state.Severity, state.Priority, state.ReleaseId);
    }

    private static ReadinessEntry Completed(RecordedEvent e)
    {
        var completed = e.Read(TestRunJson.Default.TestRunCompleted);
        return new ReadinessEntry
        {
            TestRun = new TestRunFact(
                e.Stream.AggregateId.Value, e.OccurredAt, completed.PassedTests, completed.FailedTests, completed.BlockedTests, TestRunOutcome.IsComplete(completed)),
            ReleaseId = completed.ReleaseId,
        };
    }

    private static ImmutableSortedDictionary<string, BugFact>? With(ImmutableSortedDictionary<string, BugFact>? bugs, string key, BugFact? bug) =>
        Filled((bugs ?? Empty<BugFact>()) is var known && bug is not null ? known.SetItem(key, bug) : known.Remove(key));

    private static ImmutableSortedDictionary<string, RequirementStatus>? With(
        ImmutableSortedDictionary<string, RequirementStatus>? requirements, string key, RequirementStatus? status) =>
        Filled((requirements ?? Empty<RequirementStatus>()) is var known && status is { } word ? known.SetItem(key, word) : known.Remove(key));

    private static ImmutableArray<TestRunFact> With(ImmutableArray<TestRunFact> runs, string key, TestRunFact? run)
    {
        var others = runs.Where(known => !string.Equals(known.Id, key, StringComparison.Ordinal));
        return
        [
            .. (run is null ? others : others.Append(run))
                .OrderByDescending(static known => known.CompletedAt).ThenByDescending(static known => known.Id, StringComparer.Ordinal).Take(MaxTestRuns),
        ];
    }

    private static ImmutableSortedDictionary<string, T>? Filled<T>(ImmutableSortedDictionary<string, T> facts) => facts.IsEmpty ? null : facts;

    private static ImmutableSortedDictionary<string, T> Empty<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    private static ViewId ShardOf(string prefix, StreamId stream)
    {
        // FNV-1a: the same in every process and for ever.
        var hash = 2_166_136_261u;
        foreach (var c in stream.AggregateId.Value)
        {
            hash = unchecked((hash ^ c) * 16_777_619);
        }

        return ViewId.Parse(string.Create(CultureInfo.InvariantCulture, $"{prefix}{hash % Shards:x}"));
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
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
/// <c>test-runs:{release}</c>.
/// </summary>
public sealed class ReadinessSources() : CrossStreamProjection<ReadinessDocument>(Name, ReadModelsJson.Default.ReadinessDocument, Types)
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

    /// <summary>Only words, numbers and ids: what a redaction takes away is not in it, and how things stand stays as it was.</summary>
    public override bool KeepsEventData => false;

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
    protected override IEnumerable<ViewId> DocumentsOf(RecordedEvent e) => e.Stream.AggregateType.Value switch
    {
        // Clients may append any event to any stream.
        var type when !e.Type.Value.StartsWith(type, StringComparison.Ordinal) => [],
        BugAggregate.TypeName => [ShardOf(BugPrefix, e.Stream)],
        RequirementAggregate.TypeName => [ShardOf(RequirementPrefix, e.Stream)],
        TestRunAggregate.TypeName when e.Redaction is null => TestRunsOf(Completed(e).ReleaseId) is { } ofRelease ? [TestRuns, ofRelease] : [TestRuns],
        _ => [],
    };

    /// <inheritdoc/>
    protected override ReadinessDocument Apply(ViewId id, ReadinessDocument? document, RecordedEvent e) => e.Stream.AggregateType.Value switch
    {
        BugAggregate.TypeName => WithBug(document, e),
        RequirementAggregate.TypeName => WithRequirement(document, e),
        _ => WithTestRun(document, e),
    };

    /// <inheritdoc/>
    protected override ReadinessDocument? Redact(ViewId id, ReadinessDocument? document, RecordedEvent e) => document;

    private static ReadinessDocument WithBug(ReadinessDocument? document, RecordedEvent e)
    {
        var (bugs, key) = (document?.Bugs ?? Empty<BugFact>(), e.Stream.AggregateId.Value);
        var before = bugs.GetValueOrDefault(key);
        var state = Bug.Evolve(
            before is null
                ? BugState.Initial
                : BugState.Initial with { Id = key, Status = before.Status, Severity = before.Severity, Priority = before.Priority, ReleaseId = before.ReleaseId },
            e);
        return new ReadinessDocument { Bugs = bugs.SetItem(key, new BugFact(state.Status, state.Severity, state.Priority, state.ReleaseId)) };
    }

    private static ReadinessDocument WithRequirement(ReadinessDocument? document, RecordedEvent e)
    {
        var (requirements, key) = (document?.Requirements ?? Empty<RequirementStatus>(), e.Stream.AggregateId.Value);
        var state = Requirement.Evolve(RequirementState.Initial with { Status = requirements.GetValueOrDefault(key) }, e);
        return new ReadinessDocument { Requirements = requirements.SetItem(key, state.Status) };
    }

    private static ReadinessDocument WithTestRun(ReadinessDocument? document, RecordedEvent e)
    {
        var completed = Completed(e);
        var run = new TestRunFact(
            e.Stream.AggregateId.Value, e.OccurredAt, completed.PassedTests, completed.FailedTests, completed.BlockedTests, TestRunOutcome.IsComplete(completed));
        return new ReadinessDocument
        {
            TestRuns =
            [
                .. (document?.TestRuns ?? []).Where(known => known.Id != run.Id).Append(run)
                    .OrderByDescending(static known => known.CompletedAt).ThenByDescending(static known => known.Id, StringComparer.Ordinal).Take(MaxTestRuns),
            ],
        };
    }

    private static TestRunCompleted Completed(RecordedEvent e) => JsonSerializer.Deserialize(e.Data.Utf8.Span, TestRunJson.Default.TestRunCompleted)!;

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

using System.Globalization;
using QANexus.Domain.Actors;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.Domain.Words;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.ReadModels.TestRuns;

namespace QANexus.ReadModels.Notifications;

/// <summary>Who should know of an event, and how urgently. Texts name things by their ids and nobody by name.</summary>
internal static class NotificationRules
{
    private static readonly Dictionary<EventType, Func<RecordedEvent, string, IEnumerable<Notification>>> Rules = new()
    {
        [EventData.TypeOf<TasksGenerated>()] = static (e, id) => One(
            NotificationKind.TasksGenerated, NotificationLevel.Medium, $"Requirement {id} has {e.Read(RequirementJson.Default.TasksGenerated).Tasks.Length} tasks.",
            Role.Pm, Role.Em),
        [EventData.TypeOf<FailedToGenerateTasks>()] = static (e, id) => One(
            NotificationKind.TaskGenerationFailed, NotificationLevel.High,
            $"No tasks could be derived from requirement {id}. {e.Read(RequirementJson.Default.FailedToGenerateTasks).Reason}", Role.Pm, Role.Em),
        [EventData.TypeOf<SprintStarted>()] = static (e, id) => Started(e.Read(SprintJson.Default.SprintStarted), id),
        [EventData.TypeOf<SprintCompleted>()] = static (e, id) => Completed(e.Read(SprintJson.Default.SprintCompleted), id),
        [EventData.TypeOf<BugTriaged>()] = static (e, id) => Triaged(e.Read(BugJson.Default.BugTriaged), id),
        [EventData.TypeOf<BugTriageUpdated>()] = static (e, id) => Rejudged(e.Read(BugJson.Default.BugTriageUpdated), id),
        [EventData.TypeOf<BugResolved>()] = static (e, id) => Resolved(e.Read(BugJson.Default.BugResolved), id),
        [EventData.TypeOf<BugReopened>()] = static (_, id) => One(
            NotificationKind.BugReopened, NotificationLevel.High, $"Bug {id} is there again.", Role.Qa, Role.Dev, Role.Em),
        [EventData.TypeOf<ReleaseReadinessEvaluated>()] = static (e, id) => Evaluated(e.Read(ReleaseJson.Default.ReleaseReadinessEvaluated), id),
        [EventData.TypeOf<ReleaseReadinessAchieved>()] = static (e, id) => One(
            NotificationKind.ReleaseReady, NotificationLevel.High, Of(e.Read(ReleaseJson.Default.ReleaseReadinessAchieved).Version, id, "is ready."), Role.Em, Role.Pm),
        [EventData.TypeOf<ReleaseBlocked>()] = static (e, id) => One(
            NotificationKind.ReleaseBlocked, NotificationLevel.Critical, Of(e.Read(ReleaseJson.Default.ReleaseBlocked).Version, id, "was stopped by hand."),
            Role.Em, Role.Pm, Role.Qa, Role.Dev),
        [EventData.TypeOf<DeploymentEnabled>()] = static (e, id) => One(
            NotificationKind.DeploymentEnabled, NotificationLevel.Critical,
            Of(e.Read(ReleaseJson.Default.DeploymentEnabled).Version, id, "may be deployed; its approval is waited for."), Role.Em),
        [EventData.TypeOf<DeploymentAborted>()] = static (e, id) => One(
            NotificationKind.DeploymentAborted, NotificationLevel.Critical,
            $"The last check of release {id} failed. {e.Read(ReleaseJson.Default.DeploymentAborted).Reason}", Role.Em, Role.OrgAdmin),
        [EventData.TypeOf<TestRunCompleted>()] = static (e, id) => Ran(e.Read(TestRunJson.Default.TestRunCompleted), id),
    };

    /// <summary>The aggregates that these events happen to.</summary>
    public static IReadOnlySet<AggregateType> AggregateTypes { get; } = new[]
    {
        RequirementAggregate.TypeName, SprintAggregate.TypeName, BugAggregate.TypeName, ReleaseAggregate.TypeName, TestRunAggregate.TypeName,
    }.Select(AggregateType.Parse).ToHashSet();

    /// <summary>The types of event that somebody should know of.</summary>
    public static IReadOnlyCollection<EventType> EventTypes => Rules.Keys;

    /// <summary>What follows from an event, at most <see cref="MostOf"/>.</summary>
    public static IReadOnlyList<Notification> For(RecordedEvent e) =>
    [
        .. Rules[e.Type](e, e.Stream.AggregateId.Value).Select(notification => notification with
        {
            AggregateType = e.Stream.AggregateType.Value, AggregateId = e.Stream.AggregateId.Value, EventId = e.Id.Value, At = e.OccurredAt,
        }),
    ];

    /// <summary>Notifications of one event of a type at most, whatever its data say.</summary>
    public static int MostOf(EventType type) =>
        type == EventData.TypeOf<SprintStarted>() ? 1 + SprintDecisions.MaxNamedMembers
        : type == EventData.TypeOf<BugTriaged>() || type == EventData.TypeOf<BugTriageUpdated>() ? 2
        : 1;

    /// <summary>One for the roles, and one for everybody who has work in it.</summary>
    private static IEnumerable<Notification> Started(SprintStarted started, string id)
    {
        var text = Format($"Sprint {id} has started with {started.ItemCount} items of {started.TotalStoryPoints} story points.");
        return
        [
            .. One(NotificationKind.SprintStarted, NotificationLevel.Medium, text, Role.Dev, Role.Qa, Role.Em, Role.Pm),
            .. started.MemberIds.Take(SprintDecisions.MaxNamedMembers).Select(member =>
                new Notification(NotificationKind.SprintStarted, NotificationLevel.Medium, [], $"{text} You have work in it.", member)),
        ];
    }

    private static IEnumerable<Notification> Completed(SprintCompleted completed, string id) => One(
        NotificationKind.SprintCompleted, NotificationLevel.Medium,
        Format($"Sprint {id} is completed: {completed.CompletedStoryPoints} of {completed.TotalStoryPoints} story points, {completed.CompletionPercentage} %."),
        Role.Em, Role.Pm, Role.Dev);

    private static IEnumerable<Notification> Triaged(BugTriaged triaged, string id)
    {
        var level = LevelOf(triaged.Severity, triaged.Priority);
        var judged = $"{WordOf(triaged.Severity)}, {WordOf(triaged.Priority)}";
        var roles = RolesOf(level);
        return triaged.AssignedTo is { } assignee
            ? [.. One(NotificationKind.BugTriaged, level, $"Bug {id} is {judged}.", roles),
                new Notification(NotificationKind.BugAssigned, level, [], $"Bug {id} is yours: {judged}.", assignee)]
            : One(NotificationKind.BugTriaged, level, $"Bug {id} is {judged}, and nobody's yet.", roles);
    }

    /// <summary>The event says what is new, not what stayed: a new assignee alone is told as of a MEDIUM bug, and reads the rest on the board.</summary>
    private static IEnumerable<Notification> Rejudged(BugTriageUpdated updated, string id)
    {
        var (severity, priority) = (updated.Severity, updated.Priority);
        var isJudged = severity is not null || priority is not null;
        var level = isJudged ? LevelOf(severity, priority) : NotificationLevel.Medium;
        var words = new[] { severity is { } grave ? Word.Of(grave) : null, priority is { } urgent ? Word.Of(urgent) : null }.OfType<string>();
        IEnumerable<Notification> judged = isJudged
            ? One(NotificationKind.BugTriaged, level, $"Bug {id} was judged anew: {string.Join(", ", words)}.", RolesOf(level))
            : [];
        return updated.AssignedTo is { } assignee
            ? [.. judged, new Notification(NotificationKind.BugAssigned, level, [], $"Bug {id} is yours.", assignee)]
            : judged;
    }

    private static Role[] RolesOf(NotificationLevel level) => level == NotificationLevel.Critical ? [Role.Dev, Role.Qa, Role.Em] : [Role.Dev];

    private static IEnumerable<Notification> Resolved(BugResolved resolved, string id)
    {
        var level = LevelOf(resolved.Severity, resolved.Priority);
        return One(
            NotificationKind.BugResolved, level, $"Bug {id} is resolved and waits to be verified.",
            level == NotificationLevel.Critical ? [Role.Qa, Role.Em] : [Role.Qa]);
    }

    private static IEnumerable<Notification> Evaluated(ReleaseReadinessEvaluated evaluated, string id)
    {
        var text = Of(evaluated.Version, id, Format($"is {Word.Of(evaluated.Status)} with a score of {evaluated.Score}."));
        return evaluated.Status switch
        {
            ReadinessStatus.Ready => One(NotificationKind.ReleaseEvaluated, NotificationLevel.Medium, text, Role.Em),
            ReadinessStatus.Warning => One(NotificationKind.ReleaseEvaluated, NotificationLevel.Medium, text, Role.Em, Role.Qa, Role.Dev),
            _ => One(NotificationKind.ReleaseEvaluated, NotificationLevel.Critical, text, Role.Em, Role.Pm, Role.Qa, Role.Dev),
        };
    }

    private static IEnumerable<Notification> Ran(TestRunCompleted completed, string id)
    {
        var rate = TestRunOutcome.RateOf(completed).Percent;
        return TestRunOutcome.MeetsReleaseGate(completed)
            ? One(NotificationKind.TestRunCompleted, NotificationLevel.Low, Format($"Test run {id} passed: {rate} %."), Role.Qa)
            : One(
                NotificationKind.TestRunCompleted, NotificationLevel.High,
                Format($"Test run {id} does not pass the release gate: {rate} %{(TestRunOutcome.IsComplete(completed) ? string.Empty : ", incomplete")}."),
                completed.ReleaseId is null ? [Role.Qa, Role.Dev] : [Role.Qa, Role.Dev, Role.Em]);
    }

    /// <summary>The graver of the two decides.</summary>
    private static NotificationLevel LevelOf(BugSeverity? severity, BugPriority? priority) =>
        severity == BugSeverity.Critical || priority == BugPriority.P0 ? NotificationLevel.Critical
        : severity == BugSeverity.High || priority == BugPriority.P1 ? NotificationLevel.High
        : severity == BugSeverity.Medium || priority == BugPriority.P2 ? NotificationLevel.Medium
        : NotificationLevel.Low;

    private static string WordOf<TEnum>(TEnum? value)
        where TEnum : struct, Enum => value is { } known ? Word.Of(known) : "not judged";

    private static string Of(string version, string id, string predicate) => version.Length == 0 ? $"Release {id} {predicate}" : $"Release {version} ({id}) {predicate}";

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Notification> One(NotificationKind kind, NotificationLevel level, string text, params Role[] roles) =>
        [new Notification(kind, level, [.. roles], text.TrimEnd())];
}

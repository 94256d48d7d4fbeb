using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Requirements;
using QANexus.Domain.Reservations;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.Domain.Upcasting;

namespace QANexus.Domain.Tests.Upcasting;

/// <summary>What is stored for ever: a member that is renamed or lost here is a new version of its event, with an upcaster.</summary>
public sealed class EventDataTests
{
    private static readonly JsonSerializerContext[] Contexts =
        [RequirementJson.Default, SprintJson.Default, ReleaseJson.Default, BugJson.Default, TestRunJson.Default, ReservationJson.Default];

    [Fact]
    public void The_members_of_every_event_are_those_that_were_stored_before() => Assert.Equal(
        """
        BugClosed
        BugCreated title description reportedBy linkedRequirementId linkedTestRunId linkedTestCaseId releaseId tags
        BugDeferred reason
        BugInvalidated reason
        BugReopened reason
        BugResolved severity priority resolutionNotes
        BugTriageUpdated severity priority assignedTo triagedBy
        BugTriaged severity priority assignedTo triagedBy tags
        BugVerified
        BugWorkStarted assignedTo
        DeploymentAborted reason
        DeploymentEnabled version score expiresAt
        FailedToGenerateTasks reason
        ItemAddedToSprint itemId itemTitle storyPoints priority type requirementId assigneeId rqsScore
        ItemRemovedFromSprint itemId storyPoints
        ItemStatusChanged itemId from to storyPoints
        ReleaseAborted reason
        ReleaseActivated overridden
        ReleaseBlocked version reason
        ReleaseCreated version environment
        ReleaseFrozen
        ReleaseGateOverridden reason overriddenBy role score gates
        ReleaseReadinessAchieved version score deploymentWindow
        ReleaseReadinessEvaluated version score status passesAllGates confidence expiresAt
        ReleaseReleased version environment score releasedAt overridden
        ReleaseUnblocked byEvaluation
        RequirementAnalyzed score clarity completeness testability consistency feedback
        RequirementApproved approverId approverRole approvedAt title score
        RequirementBacklogged
        RequirementCompleted
        RequirementCreated title content priority type acceptanceCriteria
        RequirementMarkedReady
        RequirementNeedsRevision reason
        RequirementPublished
        RequirementUpdated changes
        ReservationMade holder superseded
        ReservationReleased holder
        SprintCancelled reason returnedItemIds
        SprintCompleted totalItems completedItems totalStoryPoints completedStoryPoints completionPercentage velocity unfinishedItemIds
        SprintCreated sprintName capacity startDate endDate description
        SprintStarted itemCount totalStoryPoints memberIds
        TasksGenerated count tasks
        TestResultRecorded testCaseId name outcome passed durationMs errorMessage errored attempts suite
        TestRunAnalyzed trend previousPassRate
        TestRunCancelled reason
        TestRunCompleted passedTests failedTests blockedTests skippedTests expectedTestCount passRate durationMs incomplete sprintId releaseId erroredTests flakyTests failedTestCaseIds
        TestRunCreated expectedTestCount name sprintId releaseId testSuiteId createdBy reportKey
        TestRunStarted expectedTestCount
        TestRunStopped reason
        """,
        string.Join(Environment.NewLine, QAEventTypes.All.Select(static type => type.Value).Order(StringComparer.Ordinal).Select(static type =>
            string.Join(' ', Json(type).Properties.Select(static property => property.Name).Prepend(type)))));

    [Fact]
    public void The_members_of_the_states_are_those_that_the_api_gives() => Assert.Equal(
        """
        RequirementState id title content status priority type acceptanceCriteria rqs approverId approverRole approvedAt revisionReason tasks createdAt updatedAt
        SprintState id name description status capacity startDate endDate items startedAt endedAt cancellationReason createdAt updatedAt totalStoryPoints completedStoryPoints completionPercentage
        ReleaseState id version environment status readinessScore readinessStatus confidence readinessEvaluatedAt blockingReasons blockReason abortReason override releasedAt createdAt updatedAt
        BugState id title description status severity priority reportedBy assignedTo triagedBy tags linkedRequirementId linkedTestRunId linkedTestCaseId releaseId resolutionNotes reopenCount statusReason triageDate resolvedDate closedDate createdAt updatedAt
        TestRunState id name sprintId releaseId testSuiteId reportKey status expectedTestCount passedTests failedTests blockedTests skippedTests erroredTests flakyTests totalDurationMs testResults incomplete statusReason trend createdBy createdAt startedAt completedAt passRate passRateStatus
        """,
        string.Join(Environment.NewLine, new[] { "RequirementState", "SprintState", "ReleaseState", "BugState", "TestRunState" }.Select(static type =>
            string.Join(' ', Json(type).Properties.Where(static property => property.Get is not null).Select(static property => property.Name).Prepend(type)))));

    private static JsonTypeInfo Json(string type)
    {
        var known = typeof(RequirementAggregate).Assembly.GetTypes().Single(known => known.Name == type);
        return Contexts.Select(context => context.GetTypeInfo(known)).First(static info => info is not null)!;
    }
}

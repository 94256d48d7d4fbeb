using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Notifications;

/// <summary>What a notification is about.</summary>
[JsonConverter(typeof(UpperSnakeWords<NotificationKind>))]
internal enum NotificationKind
{
    TasksGenerated,
    TaskGenerationFailed,
    SprintStarted,
    SprintCompleted,
    BugTriaged,
    BugAssigned,
    BugResolved,
    BugReopened,
    ReleaseEvaluated,
    ReleaseReady,
    ReleaseBlocked,
    DeploymentEnabled,
    DeploymentAborted,
    TestRunCompleted,
}

using System.Text.Json.Serialization;
using QANexus.Api.Bugs;
using QANexus.Api.Releases;
using QANexus.Api.Requirements;
using QANexus.Api.Sprints;
using QANexus.Api.TestRuns;

namespace QANexus.Api.Commanding;

/// <summary>How the bodies of commands are read: the members of their classes and no others.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    Converters = [typeof(TimeText), typeof(CriterionText)])]
[JsonSerializable(typeof(NoBody))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(CreateRequirementBody))]
[JsonSerializable(typeof(UpdateRequirementBody))]
[JsonSerializable(typeof(AnalyzeRequirementBody))]
[JsonSerializable(typeof(CreateSprintBody))]
[JsonSerializable(typeof(SprintItemBody))]
[JsonSerializable(typeof(MoveItemBody))]
[JsonSerializable(typeof(CreateReleaseBody))]
[JsonSerializable(typeof(EvaluateReleaseBody))]
[JsonSerializable(typeof(CreateBugBody))]
[JsonSerializable(typeof(TriageBugBody))]
[JsonSerializable(typeof(BugTriageChangesBody))]
[JsonSerializable(typeof(StartBugBody))]
[JsonSerializable(typeof(ResolveBugBody))]
[JsonSerializable(typeof(CreateTestRunBody))]
[JsonSerializable(typeof(RecordResultsBody))]
[JsonSerializable(typeof(CompleteTestRunBody))]
[JsonSerializable(typeof(StopTestRunBody))]
internal sealed partial class Bodies : JsonSerializerContext;

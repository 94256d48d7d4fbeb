using Microsoft.AspNetCore.Http;
using QANexus.Api.Authentication;

namespace QANexus.Api.Routing;

/// <summary>Everything that the API does.</summary>
public static class Operations
{
    /// <summary>Appends events to a stream.</summary>
    public static readonly Operation AppendEvents = new("append-events", HttpMethods.Post, Routes.StreamEvents, Permission.AppendEvents);

    /// <summary>Reads a stream.</summary>
    public static readonly Operation ReadStream = new("read-stream", HttpMethods.Get, Routes.StreamEvents, Permission.ReadEvents);

    /// <summary>Folds an aggregate.</summary>
    public static readonly Operation ReadState = new("read-state", HttpMethods.Get, Routes.StreamState, Permission.ReadEvents);

    /// <summary>Gives back the snapshot that a client kept.</summary>
    public static readonly Operation ReadSnapshot = new("read-snapshot", HttpMethods.Get, Routes.StreamSnapshot, Permission.ReadEvents);

    /// <summary>Keeps a snapshot for clients.</summary>
    public static readonly Operation PutSnapshot = new("put-snapshot", HttpMethods.Put, Routes.StreamSnapshot, Permission.KeepSnapshots);

    /// <summary>Finds a tenant's events by their properties.</summary>
    public static readonly Operation QueryEvents = new("query-events", HttpMethods.Get, Routes.TenantEvents, Permission.ReadEvents);

    /// <summary>Finds an event by its id.</summary>
    public static readonly Operation FindEvent = new("find-event", HttpMethods.Get, Routes.TenantEvent, Permission.ReadEvents);

    /// <summary>Takes the data of an event away.</summary>
    public static readonly Operation RedactEvent = new("redact-event", HttpMethods.Post, Routes.EventRedaction, Permission.RedactEvents);

    /// <summary>Removes everything that a tenant has.</summary>
    public static readonly Operation ClearTenant = new("clear-tenant", HttpMethods.Delete, Routes.TenantEvents, Permission.ClearTenant);

    /// <summary>Counts a tenant's events.</summary>
    public static readonly Operation CountEvents = new("count-events", HttpMethods.Get, Routes.EventCount, Permission.ReadEvents);

    /// <summary>Lets its caller follow a tenant's events.</summary>
    public static readonly Operation ReadFeed =
        new("read-feed", HttpMethods.Get, Routes.Feed, Permission.ReadEvents) { CanBeLive = true };

    /// <summary>Lists a view's documents.</summary>
    public static readonly Operation ListView = new("list-view", HttpMethods.Get, Routes.View, Permission.ReadViews);

    /// <summary>Reads a document of a view, or how far its rebuild is.</summary>
    public static readonly Operation ReadView = new("read-view", HttpMethods.Get, Routes.ViewDocument, Permission.ReadViews);

    /// <summary>Has a view rebuilt.</summary>
    public static readonly Operation RebuildView = new("rebuild-view", HttpMethods.Post, Routes.ViewRebuild, Permission.ManageSubscriptions);

    /// <summary>Shows how subscriptions stand.</summary>
    public static readonly Operation ListSubscriptions =
        new("list-subscriptions", HttpMethods.Get, Routes.Subscriptions, Permission.ReadSubscriptions);

    /// <summary>Lists the parked streams of a subscription.</summary>
    public static readonly Operation ListParked = new("list-parked", HttpMethods.Get, Routes.Parked, Permission.ReadSubscriptions);

    /// <summary>Lets a parked stream go on.</summary>
    public static readonly Operation RetryParked = new("retry-parked", HttpMethods.Post, Routes.RetryParked, Permission.ManageSubscriptions);

    /// <summary>Leaves out the event that a stream is parked for.</summary>
    public static readonly Operation SkipParked = new("skip-parked", HttpMethods.Post, Routes.SkipParked, Permission.ManageSubscriptions);

    /// <summary>Writes a requirement.</summary>
    public static readonly Operation CreateRequirement = new("create-requirement", HttpMethods.Post, Routes.Requirements, Permission.EditRequirements);

    /// <summary>Shows a requirement.</summary>
    public static readonly Operation ReadRequirement = new("read-requirement", HttpMethods.Get, Routes.Requirement, Permission.ReadEvents);

    /// <summary>Changes a requirement.</summary>
    public static readonly Operation UpdateRequirement = new("update-requirement", HttpMethods.Patch, Routes.Requirement, Permission.EditRequirements);

    /// <summary>Records the quality score that an analyser gave a requirement.</summary>
    public static readonly Operation AnalyzeRequirement = new("analyze-requirement", HttpMethods.Post, Routes.RequirementAnalysis, Permission.AnalyzeRequirements);

    /// <summary>Approves a requirement.</summary>
    public static readonly Operation ApproveRequirement = new("approve-requirement", HttpMethods.Post, Routes.RequirementApproval, Permission.ApproveRequirements);

    /// <summary>Publishes a requirement.</summary>
    public static readonly Operation PublishRequirement = new("publish-requirement", HttpMethods.Post, Routes.RequirementPublication, Permission.EditRequirements);

    /// <summary>Marks a requirement ready.</summary>
    public static readonly Operation ReadyRequirement = new("ready-requirement", HttpMethods.Post, Routes.RequirementReadiness, Permission.EditRequirements);

    /// <summary>Puts a requirement into the backlog.</summary>
    public static readonly Operation BacklogRequirement = new("backlog-requirement", HttpMethods.Post, Routes.RequirementBacklog, Permission.EditRequirements);

    /// <summary>Sends a requirement back for revision.</summary>
    public static readonly Operation ReviseRequirement = new("revise-requirement", HttpMethods.Post, Routes.RequirementRevision, Permission.EditRequirements);

    /// <summary>Plans a sprint.</summary>
    public static readonly Operation CreateSprint = new("create-sprint", HttpMethods.Post, Routes.Sprints, Permission.PlanSprints);

    /// <summary>Shows a sprint.</summary>
    public static readonly Operation ReadSprint = new("read-sprint", HttpMethods.Get, Routes.Sprint, Permission.ReadEvents);

    /// <summary>Puts an item into a sprint.</summary>
    public static readonly Operation AddSprintItem = new("add-sprint-item", HttpMethods.Post, Routes.SprintItems, Permission.PlanSprints);

    /// <summary>Takes an item out of a sprint.</summary>
    public static readonly Operation RemoveSprintItem = new("remove-sprint-item", HttpMethods.Delete, Routes.SprintItem, Permission.PlanSprints);

    /// <summary>Moves an item to another lane of the board.</summary>
    public static readonly Operation MoveSprintItem = new("move-sprint-item", HttpMethods.Post, Routes.SprintItemStatus, Permission.MoveItems);

    /// <summary>Starts a sprint.</summary>
    public static readonly Operation StartSprint = new("start-sprint", HttpMethods.Post, Routes.SprintStart, Permission.PlanSprints);

    /// <summary>Completes a sprint.</summary>
    public static readonly Operation CompleteSprint = new("complete-sprint", HttpMethods.Post, Routes.SprintCompletion, Permission.PlanSprints);

    /// <summary>Gives a sprint up.</summary>
    public static readonly Operation CancelSprint = new("cancel-sprint", HttpMethods.Post, Routes.SprintCancellation, Permission.PlanSprints);

    /// <summary>Plans a release.</summary>
    public static readonly Operation CreateRelease = new("create-release", HttpMethods.Post, Routes.Releases, Permission.PlanReleases);

    /// <summary>Shows a release.</summary>
    public static readonly Operation ReadRelease = new("read-release", HttpMethods.Get, Routes.Release, Permission.ReadEvents);

    /// <summary>Evaluates how ready a release is.</summary>
    public static readonly Operation EvaluateRelease = new("evaluate-release", HttpMethods.Post, Routes.ReleaseEvaluation, Permission.EvaluateReleases);

    /// <summary>Activates a release, or lifts its block.</summary>
    public static readonly Operation ActivateRelease = new("activate-release", HttpMethods.Post, Routes.ReleaseActivation, Permission.SteerReleases);

    /// <summary>Freezes a release.</summary>
    public static readonly Operation FreezeRelease = new("freeze-release", HttpMethods.Post, Routes.ReleaseFreeze, Permission.SteerReleases);

    /// <summary>Ships a release.</summary>
    public static readonly Operation ReleaseRelease = new("release-release", HttpMethods.Post, Routes.ReleaseShipping, Permission.SteerReleases);

    /// <summary>Blocks a release.</summary>
    public static readonly Operation BlockRelease = new("block-release", HttpMethods.Post, Routes.ReleaseBlock, Permission.SteerReleases);

    /// <summary>Gives a release up.</summary>
    public static readonly Operation AbortRelease = new("abort-release", HttpMethods.Post, Routes.ReleaseAbort, Permission.SteerReleases);

    /// <summary>Lets a release that is not ready go on until it is evaluated again.</summary>
    public static readonly Operation OverrideRelease = new("override-release", HttpMethods.Post, Routes.ReleaseOverride, Permission.SteerReleases);

    /// <summary>Reports a bug.</summary>
    public static readonly Operation CreateBug = new("create-bug", HttpMethods.Post, Routes.Bugs, Permission.ReportBugs);

    /// <summary>Shows a bug.</summary>
    public static readonly Operation ReadBug = new("read-bug", HttpMethods.Get, Routes.Bug, Permission.ReadEvents);

    /// <summary>Judges a bug.</summary>
    public static readonly Operation TriageBug = new("triage-bug", HttpMethods.Post, Routes.BugTriage, Permission.JudgeBugs);

    /// <summary>Judges a bug anew.</summary>
    public static readonly Operation UpdateBugTriage = new("update-bug-triage", HttpMethods.Patch, Routes.Bug, Permission.JudgeBugs);

    /// <summary>Begins work on a bug.</summary>
    public static readonly Operation StartBug = new("start-bug", HttpMethods.Post, Routes.BugWork, Permission.ResolveBugs);

    /// <summary>Says that a bug is resolved.</summary>
    public static readonly Operation ResolveBug = new("resolve-bug", HttpMethods.Post, Routes.BugResolution, Permission.ResolveBugs);

    /// <summary>Says that a bug is gone.</summary>
    public static readonly Operation VerifyBug = new("verify-bug", HttpMethods.Post, Routes.BugVerification, Permission.JudgeBugs);

    /// <summary>Closes a bug.</summary>
    public static readonly Operation CloseBug = new("close-bug", HttpMethods.Post, Routes.BugClosing, Permission.JudgeBugs);

    /// <summary>Opens a bug again.</summary>
    public static readonly Operation ReopenBug = new("reopen-bug", HttpMethods.Post, Routes.BugReopening, Permission.JudgeBugs);

    /// <summary>Puts a bug off.</summary>
    public static readonly Operation DeferBug = new("defer-bug", HttpMethods.Post, Routes.BugDeferral, Permission.JudgeBugs);

    /// <summary>Says that a bug is none.</summary>
    public static readonly Operation InvalidateBug = new("invalidate-bug", HttpMethods.Post, Routes.BugInvalidation, Permission.JudgeBugs);

    /// <summary>Makes a test run.</summary>
    public static readonly Operation CreateTestRun = new("create-test-run", HttpMethods.Post, Routes.TestRuns, Permission.RunTests);

    /// <summary>Shows a test run.</summary>
    public static readonly Operation ReadTestRun = new("read-test-run", HttpMethods.Get, Routes.TestRun, Permission.ReadEvents);

    /// <summary>Starts a test run.</summary>
    public static readonly Operation StartTestRun = new("start-test-run", HttpMethods.Post, Routes.TestRunStart, Permission.RunTests);

    /// <summary>Records how tests ended.</summary>
    public static readonly Operation RecordTestResults = new("record-test-results", HttpMethods.Post, Routes.TestRunResults, Permission.RunTests);

    /// <summary>Completes a test run.</summary>
    public static readonly Operation CompleteTestRun = new("complete-test-run", HttpMethods.Post, Routes.TestRunCompletion, Permission.RunTests);

    /// <summary>Stops a test run.</summary>
    public static readonly Operation StopTestRun = new("stop-test-run", HttpMethods.Post, Routes.TestRunStop, Permission.RunTests);

    /// <summary>Gives a test run up.</summary>
    public static readonly Operation CancelTestRun = new("cancel-test-run", HttpMethods.Post, Routes.TestRunCancellation, Permission.RunTests);

    /// <summary>Compares a test run with the one before.</summary>
    public static readonly Operation AnalyzeTestRun = new("analyze-test-run", HttpMethods.Post, Routes.TestRunAnalysis, Permission.RunTests);

    /// <summary>Makes a test run of a report.</summary>
    public static readonly Operation ImportTestReport =
        new("import-test-report", HttpMethods.Post, Routes.TestReportImport, Permission.ImportTestReports);

    /// <summary>Lists the event types that the build knows.</summary>
    public static readonly Operation ListSchemas = new("list-schemas", HttpMethods.Get, Routes.Schemas, Permission: null, NeedsCaller: true);

    /// <summary>Describes one event type.</summary>
    public static readonly Operation ReadSchema = new("read-schema", HttpMethods.Get, Routes.Schema, Permission: null, NeedsCaller: true);

    /// <summary>Says that the process answers.</summary>
    public static readonly Operation Live = new("health-live", HttpMethods.Get, Routes.Live, Permission: null);

    /// <summary>Says whether the store can serve.</summary>
    public static readonly Operation Ready = new("health-ready", HttpMethods.Get, Routes.Ready, Permission: null);

    /// <summary>Describes the API.</summary>
    public static readonly Operation DescribeApi = new("describe-api", HttpMethods.Get, Routes.OpenApi, Permission: null);

    /// <summary>All of them; what is not here is answered by <see cref="FallbackEndpoint"/>.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        AppendEvents,
        ReadStream,
        ReadState,
        ReadSnapshot,
        PutSnapshot,
        QueryEvents,
        FindEvent,
        RedactEvent,
        ClearTenant,
        CountEvents,
        ReadFeed,
        ListView,
        ReadView,
        RebuildView,
        ListSubscriptions,
        ListParked,
        RetryParked,
        SkipParked,
        CreateRequirement,
        ReadRequirement,
        UpdateRequirement,
        AnalyzeRequirement,
        ApproveRequirement,
        PublishRequirement,
        ReadyRequirement,
        BacklogRequirement,
        ReviseRequirement,
        CreateSprint,
        ReadSprint,
        AddSprintItem,
        RemoveSprintItem,
        MoveSprintItem,
        StartSprint,
        CompleteSprint,
        CancelSprint,
        CreateRelease,
        ReadRelease,
        EvaluateRelease,
        ActivateRelease,
        FreezeRelease,
        ReleaseRelease,
        BlockRelease,
        AbortRelease,
        OverrideRelease,
        CreateBug,
        ReadBug,
        TriageBug,
        UpdateBugTriage,
        StartBug,
        ResolveBug,
        VerifyBug,
        CloseBug,
        ReopenBug,
        DeferBug,
        InvalidateBug,
        CreateTestRun,
        ReadTestRun,
        StartTestRun,
        RecordTestResults,
        CompleteTestRun,
        StopTestRun,
        CancelTestRun,
        AnalyzeTestRun,
        ImportTestReport,
        ListSchemas,
        ReadSchema,
        Live,
        Ready,
        DescribeApi,
    ];
}

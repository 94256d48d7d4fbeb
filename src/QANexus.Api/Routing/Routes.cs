namespace QANexus.Api.Routing;

/// <summary>The route templates of the API, relative to the prefix <c>api/</c> that every host sets. There is no second table of them.</summary>
public static class Routes
{
    /// <summary>The events of one stream.</summary>
    public const string StreamEvents = "v1/tenants/{tenantId}/streams/{aggregateType}/{aggregateId}/events";

    /// <summary>The state of one aggregate.</summary>
    public const string StreamState = "v1/tenants/{tenantId}/streams/{aggregateType}/{aggregateId}/state";

    /// <summary>The snapshot of one stream that clients keep.</summary>
    public const string StreamSnapshot = "v1/tenants/{tenantId}/streams/{aggregateType}/{aggregateId}/snapshot";

    /// <summary>The events of a tenant.</summary>
    public const string TenantEvents = "v1/tenants/{tenantId}/events";

    /// <summary>One event of a tenant.</summary>
    public const string TenantEvent = "v1/tenants/{tenantId}/events/{eventId}";

    /// <summary>What takes the data of one event away.</summary>
    public const string EventRedaction = "v1/tenants/{tenantId}/events/{eventId}/redact";

    /// <summary>How many events a tenant has.</summary>
    public const string EventCount = "v1/tenants/{tenantId}/event-count";

    /// <summary>The events of a tenant as the store takes them in.</summary>
    public const string Feed = "v1/tenants/{tenantId}/feed";

    /// <summary>A view of a tenant.</summary>
    public const string View = "v1/tenants/{tenantId}/views/{view}";

    /// <summary>One document of a view; with the id <c>rebuild</c>, which no document has, its rebuild.</summary>
    public const string ViewDocument = "v1/tenants/{tenantId}/views/{view}/{documentId}";

    /// <summary>What has a view rebuilt.</summary>
    public const string ViewRebuild = "v1/tenants/{tenantId}/views/{view}/rebuild";

    /// <summary>The subscriptions to a tenant's events.</summary>
    public const string Subscriptions = "v1/tenants/{tenantId}/subscriptions";

    /// <summary>The parked streams of a subscription.</summary>
    public const string Parked = "v1/tenants/{tenantId}/subscriptions/{subscription}/parked";

    /// <summary>What lets a parked stream go on.</summary>
    public const string RetryParked = "v1/tenants/{tenantId}/subscriptions/{subscription}/parked/{streamId}/retry";

    /// <summary>What leaves out the event that a stream is parked for.</summary>
    public const string SkipParked = "v1/tenants/{tenantId}/subscriptions/{subscription}/parked/{streamId}/skip";

    /// <summary>The requirements of a tenant.</summary>
    public const string Requirements = "v1/tenants/{tenantId}/requirements";

    /// <summary>One requirement.</summary>
    public const string Requirement = "v1/tenants/{tenantId}/requirements/{id}";

    /// <summary>What records the quality score that an analyser gave a requirement.</summary>
    public const string RequirementAnalysis = "v1/tenants/{tenantId}/requirements/{id}/analyze";

    /// <summary>What approves a requirement.</summary>
    public const string RequirementApproval = "v1/tenants/{tenantId}/requirements/{id}/approve";

    /// <summary>What publishes a requirement.</summary>
    public const string RequirementPublication = "v1/tenants/{tenantId}/requirements/{id}/publish";

    /// <summary>What marks a requirement ready.</summary>
    public const string RequirementReadiness = "v1/tenants/{tenantId}/requirements/{id}/ready";

    /// <summary>What puts a requirement into the backlog.</summary>
    public const string RequirementBacklog = "v1/tenants/{tenantId}/requirements/{id}/backlog";

    /// <summary>What sends a requirement back for revision.</summary>
    public const string RequirementRevision = "v1/tenants/{tenantId}/requirements/{id}/needs-revision";

    /// <summary>The sprints of a tenant.</summary>
    public const string Sprints = "v1/tenants/{tenantId}/sprints";

    /// <summary>One sprint.</summary>
    public const string Sprint = "v1/tenants/{tenantId}/sprints/{id}";

    /// <summary>What puts an item into a sprint.</summary>
    public const string SprintItems = "v1/tenants/{tenantId}/sprints/{id}/items";

    /// <summary>What takes an item out of a sprint.</summary>
    public const string SprintItem = "v1/tenants/{tenantId}/sprints/{id}/items/{itemId}";

    /// <summary>What moves an item to another lane of the board.</summary>
    public const string SprintItemStatus = "v1/tenants/{tenantId}/sprints/{id}/items/{itemId}/status";

    /// <summary>What starts a sprint.</summary>
    public const string SprintStart = "v1/tenants/{tenantId}/sprints/{id}/start";

    /// <summary>What completes a sprint.</summary>
    public const string SprintCompletion = "v1/tenants/{tenantId}/sprints/{id}/complete";

    /// <summary>What gives a sprint up.</summary>
    public const string SprintCancellation = "v1/tenants/{tenantId}/sprints/{id}/cancel";

    /// <summary>The releases of a tenant.</summary>
    public const string Releases = "v1/tenants/{tenantId}/releases";

    /// <summary>One release.</summary>
    public const string Release = "v1/tenants/{tenantId}/releases/{id}";

    /// <summary>What evaluates how ready a release is.</summary>
    public const string ReleaseEvaluation = "v1/tenants/{tenantId}/releases/{id}/evaluate";

    /// <summary>What activates a release, or lifts its block.</summary>
    public const string ReleaseActivation = "v1/tenants/{tenantId}/releases/{id}/activate";

    /// <summary>What freezes a release.</summary>
    public const string ReleaseFreeze = "v1/tenants/{tenantId}/releases/{id}/freeze";

    /// <summary>What ships a release.</summary>
    public const string ReleaseShipping = "v1/tenants/{tenantId}/releases/{id}/release";

    /// <summary>What blocks a release.</summary>
    public const string ReleaseBlock = "v1/tenants/{tenantId}/releases/{id}/block";

    /// <summary>What gives a release up.</summary>
    public const string ReleaseAbort = "v1/tenants/{tenantId}/releases/{id}/abort";

    /// <summary>What lets a release that is not ready go on until it is evaluated again.</summary>
    public const string ReleaseOverride = "v1/tenants/{tenantId}/releases/{id}/override";

    /// <summary>The bugs of a tenant.</summary>
    public const string Bugs = "v1/tenants/{tenantId}/bugs";

    /// <summary>One bug.</summary>
    public const string Bug = "v1/tenants/{tenantId}/bugs/{id}";

    /// <summary>What judges a bug.</summary>
    public const string BugTriage = "v1/tenants/{tenantId}/bugs/{id}/triage";

    /// <summary>What begins work on a bug.</summary>
    public const string BugWork = "v1/tenants/{tenantId}/bugs/{id}/start";

    /// <summary>What says that a bug is resolved.</summary>
    public const string BugResolution = "v1/tenants/{tenantId}/bugs/{id}/resolve";

    /// <summary>What says that a bug is gone.</summary>
    public const string BugVerification = "v1/tenants/{tenantId}/bugs/{id}/verify";

    /// <summary>What closes a bug.</summary>
    public const string BugClosing = "v1/tenants/{tenantId}/bugs/{id}/close";

    /// <summary>What opens a bug again.</summary>
    public const string BugReopening = "v1/tenants/{tenantId}/bugs/{id}/reopen";

    /// <summary>What puts a bug off.</summary>
    public const string BugDeferral = "v1/tenants/{tenantId}/bugs/{id}/defer";

    /// <summary>What says that a bug is none.</summary>
    public const string BugInvalidation = "v1/tenants/{tenantId}/bugs/{id}/invalidate";

    /// <summary>The test runs of a tenant.</summary>
    public const string TestRuns = "v1/tenants/{tenantId}/test-runs";

    /// <summary>One test run.</summary>
    public const string TestRun = "v1/tenants/{tenantId}/test-runs/{id}";

    /// <summary>What starts a test run.</summary>
    public const string TestRunStart = "v1/tenants/{tenantId}/test-runs/{id}/start";

    /// <summary>What records how tests ended.</summary>
    public const string TestRunResults = "v1/tenants/{tenantId}/test-runs/{id}/results";

    /// <summary>What completes a test run.</summary>
    public const string TestRunCompletion = "v1/tenants/{tenantId}/test-runs/{id}/complete";

    /// <summary>What stops a test run.</summary>
    public const string TestRunStop = "v1/tenants/{tenantId}/test-runs/{id}/stop";

    /// <summary>What gives a test run up.</summary>
    public const string TestRunCancellation = "v1/tenants/{tenantId}/test-runs/{id}/cancel";

    /// <summary>What compares a test run with the one before.</summary>
    public const string TestRunAnalysis = "v1/tenants/{tenantId}/test-runs/{id}/analyze";

    /// <summary>What makes test runs of reports.</summary>
    public const string TestReportImport = "v1/tenants/{tenantId}/test-runs/import";

    /// <summary>The event types that the build knows.</summary>
    public const string Schemas = "v1/schemas";

    /// <summary>One event type.</summary>
    public const string Schema = "v1/schemas/{type}";

    /// <summary>Whether the process answers at all.</summary>
    public const string Live = "health/live";

    /// <summary>Whether the store can serve.</summary>
    public const string Ready = "health/ready";

    /// <summary>The description of this API.</summary>
    public const string OpenApi = "openapi/v1.json";

    /// <summary>Everything else, whatever the method: a problem, 404 or 405.</summary>
    public const string Fallback = "{*path}";
}

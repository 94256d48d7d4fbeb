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

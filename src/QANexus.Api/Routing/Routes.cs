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

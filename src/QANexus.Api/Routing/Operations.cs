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
        ImportTestReport,
        ListSchemas,
        ReadSchema,
        Live,
        Ready,
        DescribeApi,
    ];
}

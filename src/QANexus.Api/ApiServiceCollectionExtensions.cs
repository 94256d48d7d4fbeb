using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Aggregates;
using QANexus.Api.Bugs;
using QANexus.Api.Clearing;
using QANexus.Api.Commanding;
using QANexus.Api.Events;
using QANexus.Api.Feeds;
using QANexus.Api.Health;
using QANexus.Api.Limits;
using QANexus.Api.Links;
using QANexus.Api.OpenApi;
using QANexus.Api.Privacy;
using QANexus.Api.Releases;
using QANexus.Api.Requests;
using QANexus.Api.Requirements;
using QANexus.Api.Routing;
using QANexus.Api.Schemas;
using QANexus.Api.Snapshots;
using QANexus.Api.Sprints;
using QANexus.Api.Streams;
using QANexus.Api.Subscriptions;
using QANexus.Api.TestRuns;
using QANexus.Api.TestReports;
using QANexus.Api.Views;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Clearing;

namespace QANexus.Api;

/// <summary>Registers the API.</summary>
public static class ApiServiceCollectionExtensions
{
    /// <summary>
    /// Adds the endpoints. They need an <c>IEventStore</c>, its <c>ISigningKeys</c>, its <c>IClientSnapshots</c> and <c>EventCatalog</c>, an
    /// <c>IEventRedactor</c>, an <c>IStoreProbe</c> and the QA domain with its <c>IReadinessEvidence</c>, and refuse every caller until a way of authentication
    /// is added to the builder. Calling it again adds nothing twice; every <paramref name="configure"/> is applied.
    /// </summary>
    public static ApiBuilder AddQANexusApi(this IServiceCollection services, Action<ApiOptions>? configure = null)
    {
        var options = services.AddOptions<ApiOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddLogging();
        services.TryAddSingleton<ITenantGenerations, SoleGeneration>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TenantQuotas>();
        services.TryAddSingleton<EndpointPipeline>();
        services.TryAddSingleton<LinkBuilder>();
        services.TryAddSingleton<PositionTags>();
        services.TryAddSingleton<EventCursors>();
        services.TryAddSingleton<StreamEndpoints>();
        services.AddAggregates();
        services.TryAddSingleton<StateEndpoints>();
        services.TryAddSingleton<SnapshotEndpoints>();
        services.TryAddSingleton<EventEndpoints>();
        services.TryAddSingleton<RedactionEndpoints>();
        services.TryAddSingleton<TenantEndpoints>();
        services.TryAddSingleton<FeedCursors>();
        services.TryAddSingleton<LiveFeed>();
        services.TryAddSingleton<FeedEndpoints>();
        services.TryAddSingleton<SchemaEndpoints>();
        services.TryAddSingleton<ViewCursors>();
        services.TryAddSingleton<ViewEndpoints>();
        services.TryAddSingleton<SubscriptionEndpoints>();
        services.TryAddSingleton<CommandPipeline>();
        services.TryAddSingleton<AggregateReads>();
        services.TryAddSingleton<RequirementEndpoints>();
        services.TryAddSingleton<SprintEndpoints>();
        services.TryAddSingleton<ReleaseEndpoints>();
        services.TryAddSingleton<BugEndpoints>();
        services.TryAddSingleton<TestRunEndpoints>();
        services.TryAddSingleton<TestReportEndpoints>();
        services.TryAddSingleton<HealthEndpoints>();
        services.TryAddSingleton<OpenApiEndpoints>();
        services.TryAddSingleton<FallbackEndpoint>();
        return new ApiBuilder(services);
    }
}

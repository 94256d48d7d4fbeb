using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QANexus.Api.Tests.OpenApi;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Health;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Upcasting;
using QANexus.EventStore.Views;
using QANexus.Testing.Samples;
using QANexus.Testing.Signing;
using QANexus.Testing.Stores;
using QANexus.Testing.Time;

namespace QANexus.Api.Tests.Hosting;

/// <summary>The deployed function methods over the model store, with a network in between. Every answer is checked against the OpenAPI document.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public const string Stream = "/api/v1/tenants/t1/streams/Requirement/req-1/events";
    public const string OneEvent = """{"events":[{"type":"RequirementApproved","data":{"by":"ann"}}]}""";

    private readonly WebApplication application;

    private ApiHost(WebApplication application)
    {
        this.application = application;
        Client = application.GetTestClient();
    }

    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public HttpClient Client { get; }

    public ManualTimeProvider Time => application.Services.GetRequiredService<ManualTimeProvider>();

    public ScriptedReadModels ReadModels => application.Services.GetRequiredService<ScriptedReadModels>();

    public RotatingSigningKeys Keys => (RotatingSigningKeys)application.Services.GetRequiredService<ISigningKeys>();

    /// <summary>Asked to stop, the host says so to all that listen and goes on serving until it is disposed.</summary>
    public IHostApplicationLifetime Lifetime => application.Lifetime;

    public IServiceProvider Services => application.Services;

    public RecordedLogs Logs => application.Services.GetRequiredService<RecordedLogs>();

    /// <param name="configure">Replaces what the host would register itself.</param>
    /// <param name="authenticate">Whether callers on this machine are the development administrator.</param>
    /// <param name="connect">Changes what the connection looks like to the API.</param>
    public static async Task<ApiHost> StartAsync(
        Action<IServiceCollection>? configure = null, bool authenticate = true, Action<HttpContext>? connect = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(new ManualTimeProvider(Start));
        builder.Services.AddSingleton<RecordedLogs>();
        builder.Services.AddSingleton<ILoggerProvider>(static provider => provider.GetRequiredService<RecordedLogs>());
        builder.Services.AddSingleton<ISigningKeys, RotatingSigningKeys>();
        builder.Services.AddSingleton<IStoreProbe, ScriptedProbe>();
        builder.Services.AddEventTypes(static _ => { });
        builder.Services.AddSingleton(static provider => new InMemoryEventStore(
            provider.GetRequiredService<ManualTimeProvider>(), provider.GetRequiredService<EventCatalog>(),
            provider.GetRequiredService<IOptions<EventCatalogOptions>>().Value, provider.GetService<IEventSchemaCompiler>()));
        builder.Services.AddSingleton<IEventStore>(static provider => provider.GetRequiredService<InMemoryEventStore>());
        builder.Services.AddSingleton<IEventRedactor>(static provider => provider.GetRequiredService<InMemoryEventStore>());
        builder.Services.AddSingleton<IClientSnapshots>(static provider => new InMemoryClientSnapshots(
            provider.GetRequiredService<InMemoryEventStore>(), provider.GetRequiredService<ManualTimeProvider>()));
        builder.Services.AddAggregate<RequirementDefinition>();
        builder.Services.AddDomain();
        builder.Services.AddSingleton<ScriptedReadModels>();
        builder.Services.AddSingleton<IViewReader>(static provider => provider.GetRequiredService<ScriptedReadModels>());
        builder.Services.AddSingleton<IViewRebuilds>(static provider => provider.GetRequiredService<ScriptedReadModels>());
        builder.Services.AddSingleton<ISubscriptionOperations>(static provider => provider.GetRequiredService<ScriptedReadModels>());
        var api = builder.Services.AddQANexusApi();
        if (authenticate)
        {
            api.AddDevelopmentAuthentication();
        }

        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = context.Connection.LocalIpAddress = IPAddress.Loopback;
            connect?.Invoke(context);
            return next(context);
        });
        app.UseRouting();
        foreach (var function in HttpFunction.All)
        {
            Map(app, function);
        }

        await app.StartAsync();
        return new ApiHost(app);
    }

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string url, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new("application/json") } };
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value), name);
        }

        return await SendAsync(request);
    }

    public async Task<ApiAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var answer = new ApiAnswer(
            response.StatusCode, response.Headers.Concat(response.Content.Headers).ToDictionary(static h => h.Key, static h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
            bytes.Length == 0 ? default : JsonDocument.Parse(bytes).RootElement, bytes);
        OpenApiContract.Check(request.Method, request.RequestUri!.IsAbsoluteUri ? request.RequestUri.AbsolutePath : request.RequestUri.OriginalString.Split('?')[0], answer);
        return answer;
    }

    public Task<ApiAnswer> GetAsync(string url, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, url, body: null, headers);

    public Task<ApiAnswer> AppendAsync(string body = OneEvent, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, Stream, body, headers);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.DisposeAsync();
    }

    private static void Map(WebApplication app, HttpFunction function)
    {
        var pattern = "/api/" + function.Trigger.Route;
        var factory = ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        var handler = RequestDelegateFactory.Create(function.Method, context => factory(context.RequestServices, []), new RequestDelegateFactoryOptions
        {
            ServiceProvider = app.Services,
            RouteParameterNames = Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse(pattern).Parameters.Select(static p => p.Name),
            ThrowOnBadRequest = true,
        });
        var endpoint = app.Map(pattern, handler.RequestDelegate);
        if (function.Methods.Any())
        {
            endpoint.WithMetadata(new HttpMethodMetadata(function.Methods));
        }
    }
}

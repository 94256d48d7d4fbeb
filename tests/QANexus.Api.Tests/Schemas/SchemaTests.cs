using System.Net;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore.Json;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.Api.Tests.Schemas;

public sealed class SchemaTests
{
    private const string Schemas = "/api/v1/schemas";

    private static readonly EventType Approved = EventType.Parse("RequirementApproved");
    private static readonly EventType Legacy = EventType.Parse("ReqApproved");
    private static readonly EventType Noise = EventType.Parse("Noise");

    [Fact]
    public async Task The_catalogue_shows_types_versions_steps_and_schemas()
    {
        await using var host = await StartAsync();

        var answer = await host.GetAsync(Schemas);

        Assert.Equal(
            """
            {"value":[{"type":"Noise","latestVersion":1,"steps":[{"from":1,"kind":"drop","lookUp":false,"to":[]}]},
            {"type":"ReqApproved","latestVersion":1,"steps":[{"from":1,"kind":"rename","lookUp":true,"to":[{"type":"RequirementApproved","version":1}]}]},
            {"type":"RequirementApproved","latestVersion":2,"steps":[{"from":1,"kind":"transform","lookUp":false,"to":[{"type":"RequirementApproved","version":2}]}],"schema":{"required":["by"]}}]}
            """.ReplaceLineEndings(string.Empty),
            answer.Text);
    }

    [Fact]
    public async Task One_type_is_shown_by_its_name()
    {
        await using var host = await StartAsync();

        Assert.Equal(2, (await host.GetAsync($"{Schemas}/RequirementApproved")).Json.GetProperty("latestVersion").GetInt32());
        (await host.GetAsync($"{Schemas}/Unheard")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await host.GetAsync($"{Schemas}/not-a-type")).IsProblem(HttpStatusCode.BadRequest, "validation-failed");
        (await host.GetAsync($"{Schemas}/Noise?x=1")).IsProblem(HttpStatusCode.BadRequest, "validation-failed");
        (await host.GetAsync($"{Schemas}?x=1")).IsProblem(HttpStatusCode.BadRequest, "validation-failed");
    }

    [Fact]
    public async Task A_host_that_knows_no_types_shows_none()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal("""{"value":[]}""", (await host.GetAsync(Schemas)).Text);
    }

    [Fact]
    public async Task Only_callers_who_are_known_see_the_catalogue()
    {
        await using var host = await ApiHost.StartAsync(authenticate: false);

        (await host.GetAsync(Schemas)).IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await host.GetAsync($"{Schemas}/Noise")).IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task The_catalogue_is_JSON_or_nothing()
    {
        await using var host = await StartAsync();

        (await host.GetAsync(Schemas, ("Accept", "text/html"))).IsProblem(HttpStatusCode.NotAcceptable, "not-acceptable");
    }

    [Fact]
    public async Task Data_that_does_not_meet_the_latest_schema_is_refused_with_pointers_and_older_versions_are_not_judged_by_it()
    {
        await using var host = await StartAsync();

        var refused = (await host.AppendAsync(
                """{"events":[{"type":"RequirementApproved","data":{"by":"ann"}},{"type":"RequirementApproved","data":{}},{"type":"RequirementApproved","schemaVersion":2,"data":{}},{"type":"RequirementApproved","schemaVersion":1,"data":{}}]}"""))
            .IsProblem(HttpStatusCode.BadRequest, "validation-failed");

        Assert.Equal(["/events/1/data/by", "/events/2/data/by"], refused.Json.GetProperty("errors").EnumerateObject().Select(static error => error.Name));
        Assert.Equal(0, (await host.GetAsync(ApiHost.Stream)).Json.GetProperty("version").GetInt32());
        Assert.Equal(HttpStatusCode.Created, (await host.AppendAsync("""{"events":[{"type":"RequirementApproved","schemaVersion":1,"data":{}}]}""")).Status);
    }

    private static Task<ApiHost> StartAsync() => ApiHost.StartAsync(static services => services
        .AddSingleton<IEventSchemaCompiler, MemberByRequired>()
        .AddEventTypes(static types =>
        {
            types.Add(Approved).From(1).To(2, static data => data["by"] ??= "nobody").WithSchema("""{"required":["by"]}""");
            types.Add(Legacy).From(1).LookUp(static (_, _) => ValueTask.FromResult(1)).RenameTo(Approved, 1, static (_, _, _) => { });
            types.Add(Noise).From(1).Drop();
        }));

    /// <summary>Understands the one schema of these tests.</summary>
    private sealed class MemberByRequired : IEventSchemaCompiler, IEventSchema
    {
        public IEventSchema Compile(string schema) => this;

        public IReadOnlyList<JsonViolation> FindViolations(JsonObjectText data) =>
            data.ToString().Contains("\"by\"", StringComparison.Ordinal) ? [] : [new JsonViolation("/by", "is required")];
    }
}

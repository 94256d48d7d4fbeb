using System.Text.Json;
using QANexus.Api.Problems;
using QANexus.Api.Routing;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.OpenApi;

public sealed class OpenApiTests
{
    [Fact]
    public void The_document_describes_exactly_the_operations_that_exist()
    {
        var described =
            from path in OpenApiContract.Document.GetProperty("paths").EnumerateObject()
            from member in path.Value.EnumerateObject()
            where member.Name != "parameters"
            select (member.Value.GetProperty("operationId").GetString(), member.Name.ToUpperInvariant(), path.Name[1..]);

        Assert.Equal(
            Operations.All.Select(static o => ((string?)o.Name, o.Method, o.Route)).Order(),
            described.Order());
    }

    [Fact]
    public void Every_tag_is_declared_and_described_and_used()
    {
        var used =
            from path in OpenApiContract.Document.GetProperty("paths").EnumerateObject()
            from member in path.Value.EnumerateObject()
            where member.Name != "parameters"
            from tag in member.Value.GetProperty("tags").EnumerateArray()
            select tag.GetString();

        var declared = OpenApiContract.Document.GetProperty("tags").EnumerateArray().ToList();
        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), declared.Select(static tag => tag.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(declared, static tag => Assert.NotEmpty(tag.GetProperty("description").GetString()!));
    }

    [Fact]
    public void Operations_for_everybody_are_described_as_open_and_no_others()
    {
        var open =
            from path in OpenApiContract.Document.GetProperty("paths").EnumerateObject()
            from member in path.Value.EnumerateObject()
            where member.Name != "parameters" && member.Value.TryGetProperty("security", out var security) && security.GetArrayLength() == 0
            select member.Value.GetProperty("operationId").GetString();

        Assert.Equal(Operations.All.Where(static o => o.Permission is null && !o.NeedsCaller).Select(static o => o.Name).Order(), open.Order());
    }

    [Fact]
    public void The_document_names_exactly_the_problem_codes_that_exist()
    {
        var described = OpenApiContract.Resolve("#/components/schemas/Problem/properties/code/enum").EnumerateArray().Select(static c => c.GetString());

        Assert.Equal(ProblemCode.All.Select(static c => c.Code).Order(), described.Order());
    }

    [Fact]
    public void Every_reference_in_the_document_leads_somewhere_and_everything_shared_is_used()
    {
        var references = References(OpenApiContract.Document).ToHashSet(StringComparer.Ordinal);

        Assert.All(references, static reference => OpenApiContract.Resolve(reference));
        var shared =
            from kind in OpenApiContract.Document.GetProperty("components").EnumerateObject()
            where kind.Name != "securitySchemes"
            from member in kind.Value.EnumerateObject()
            select $"#/components/{kind.Name}/{member.Name}";
        Assert.Empty(shared.Except(references));
    }

    [Fact]
    public void Every_route_parameter_is_described()
    {
        foreach (var path in OpenApiContract.Document.GetProperty("paths").EnumerateObject())
        {
            var parameters = path.Value.TryGetProperty("parameters", out var described)
                ? described.EnumerateArray().Select(static p => OpenApiContract.Resolve(p.GetProperty("$ref").GetString()!).GetProperty("name").GetString()!)
                : [];
            Assert.Equal(
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse(path.Name).Parameters.Select(static p => p.Name), parameters);
        }
    }

    [Fact]
    public async Task The_document_is_served_with_the_address_it_was_asked_at()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.GetAsync("/api/openapi/v1.json");

        Assert.Equal("3.1.0", answer.Json.GetProperty("openapi").GetString());
        Assert.Equal("http://localhost/api", answer.Json.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Equal(Operations.All.Count, answer.Json.GetProperty("paths").EnumerateObject().Sum(static p => p.Value.EnumerateObject().Count(m => m.Name != "parameters")));
    }

    [Fact]
    public async Task Behind_a_proxy_the_document_names_the_public_address()
    {
        await using var host = await ApiHost.StartAsync(services => services.AddQANexusApi(options => options.PublicBaseAddress = new Uri("https://events.example.com/")));

        var answer = await host.GetAsync("/api/openapi/v1.json");

        Assert.Equal("https://events.example.com/api", answer.Json.GetProperty("servers")[0].GetProperty("url").GetString());
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static member =>
            member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}

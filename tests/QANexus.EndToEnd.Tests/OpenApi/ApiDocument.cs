using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using QANexus.Testing.OpenApi;

namespace QANexus.EndToEnd.Tests.OpenApi;

/// <summary>The OpenAPI document as a host serves it, and nothing that is not in it.</summary>
internal sealed class ApiDocument
{
    private readonly (ApiOperation Operation, TemplateMatcher Matcher)[] known;

    private ApiDocument(JsonElement root)
    {
        Root = root;
        Operations =
        [
            .. from path in root.GetProperty("paths").EnumerateObject()
               from member in path.Value.EnumerateObject()
               where member.Name != "parameters"
               select new ApiOperation(this, path.Name, path.Value, member.Name.ToUpperInvariant(), member.Value),
        ];
        known = [.. Operations.Select(static operation => (operation, new TemplateMatcher(TemplateParser.Parse("api" + operation.Path), [])))];
    }

    public JsonElement Root { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public static async Task<ApiDocument> LoadAsync(Uri host)
    {
        using var client = new HttpClient();
        return new ApiDocument(JsonDocument.Parse(await client.GetStringAsync(new Uri(host, "/api/openapi/v1.json"))).RootElement);
    }

    /// <summary>The operation that a request is for, if it is for one. Web servers take methods in any case.</summary>
    public ApiOperation? Find(string method, string path) =>
        known.Where(candidate => candidate.Operation.Method.Equals(method, StringComparison.OrdinalIgnoreCase) && candidate.Matcher.TryMatch(new PathString(path), []))
            .Select(static candidate => candidate.Operation).FirstOrDefault();

    public JsonElement Resolve(JsonElement element) =>
        element.TryGetProperty("$ref", out var reference) ? Resolve(JsonSchema.Resolve(Root, reference.GetString()!)) : element;

    public JsonElement Schema(string name) => Root.GetProperty("components").GetProperty("schemas").GetProperty(name);
}

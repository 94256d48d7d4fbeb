using System.Text.Json;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>The template as the resource manager gets it. Compiled once for all tests: it takes seconds.</summary>
internal static class CompiledTemplate
{
    private static readonly Lazy<Task<(string Output, string Complaints)>> Compiled =
        new(static () => InfrastructureFolder.RunBicepAsync("build", "main.bicep", "--stdout"));

    public static async Task<JsonElement> RootAsync()
    {
        var (output, complaints) = await Compiled.Value;
        Assert.Empty(complaints);
        using var template = JsonDocument.Parse(output);
        return template.RootElement.Clone();
    }

    /// <summary>The resources of a type, those of modules included. A loop is one resource.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ResourcesAsync(string type) =>
        [.. Flatten(await RootAsync()).Where(resource => resource.GetProperty("type").GetString() == type)];

    /// <summary>What others call it that wait for it: a loop by its name in the templates, else by the last part of the resource's.</summary>
    public static string NameOf(JsonElement resource) => resource.TryGetProperty("copy", out var loop)
        ? loop.GetProperty("name").GetString()!
        : resource.GetProperty("name").GetString()!.Split('\'')[^2];

    /// <summary>Whether a resource is made only when another one is there.</summary>
    public static bool WaitsFor(JsonElement resource, string name) => resource.GetProperty("dependsOn").EnumerateArray()
        .Select(static other => other.GetString()!)
        .Any(other => other == name || other.EndsWith($"'{name}')]", StringComparison.Ordinal));

    private static IEnumerable<JsonElement> Flatten(JsonElement template)
    {
        // An object where the template names its resources, which depends on what is in it.
        var resources = template.GetProperty("resources");
        foreach (var resource in resources.ValueKind is JsonValueKind.Array
            ? resources.EnumerateArray().ToList()
            : resources.EnumerateObject().Select(static member => member.Value).ToList())
        {
            yield return resource;
            if (resource.GetProperty("type").GetString() == "Microsoft.Resources/deployments")
            {
                foreach (var inner in Flatten(resource.GetProperty("properties").GetProperty("template")))
                {
                    yield return inner;
                }
            }
        }
    }
}

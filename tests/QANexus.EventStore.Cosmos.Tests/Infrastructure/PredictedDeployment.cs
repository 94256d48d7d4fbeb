using System.Text.Json;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>The resources that a deployment would make, as Bicep predicts them: with the loops and the conditions of the templates worked out.</summary>
internal static class PredictedDeployment
{
    private static readonly Lazy<Task<IReadOnlyList<JsonElement>>> Plain = new(static () => PredictAsync(string.Empty));

    private static readonly Lazy<Task<IReadOnlyList<JsonElement>>> Full = new(static () => PredictAsync(
        """
        param secondaryLocation = 'northeurope'
        param enableTenantClear = true
        """));

    private static readonly Lazy<Task<IReadOnlyList<JsonElement>>> WithoutZones = new(static () => PredictAsync("param zoneRedundant = false"));

    /// <summary>With nothing said but a name and a region.</summary>
    public static Task<IReadOnlyList<JsonElement>> PlainAsync() => Plain.Value;

    /// <summary>With a second region, and tenants that may be cleared.</summary>
    public static Task<IReadOnlyList<JsonElement>> FullAsync() => Full.Value;

    /// <summary>In a region that has no availability zones.</summary>
    public static Task<IReadOnlyList<JsonElement>> WithoutZonesAsync() => WithoutZones.Value;

    public static IReadOnlyList<JsonElement> Of(this IReadOnlyList<JsonElement> resources, string type) =>
        [.. resources.Where(resource => resource.GetProperty("type").GetString() == type)];

    /// <summary>The properties of the only resource of a type.</summary>
    public static JsonElement PropertiesOf(this IReadOnlyList<JsonElement> resources, string type) => Assert.Single(resources.Of(type)).GetProperty("properties");

    private static async Task<IReadOnlyList<JsonElement>> PredictAsync(string parameters)
    {
        // The prediction is written beside the parameters, and these find the template by a relative path.
        var folder = Directory.CreateTempSubdirectory("qanexus-infra-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(InfrastructureFolder.Root, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(InfrastructureFolder.Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            await File.WriteAllTextAsync(
                Path.Combine(folder, "test.bicepparam"),
                $"""
                using 'main.bicep'
                param environmentName = 'test'
                param location = 'westeurope'
                {parameters}
                """);
            var (_, complaints) = await InfrastructureFolder.RunBicepAsync(
                "snapshot", Path.Combine(folder, "test.bicepparam"), "--mode", "overwrite", "--location", "westeurope",
                "--subscription-id", Guid.Empty.ToString(), "--tenant-id", Guid.Empty.ToString());
            var snapshot = Path.Combine(folder, "test.snapshot.json");
            Assert.True(File.Exists(snapshot), complaints);
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(snapshot));
            return [.. json.RootElement.Clone().GetProperty("predictedResources").EnumerateArray()];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using QANexus.EndToEnd.Tests.Hosting;

namespace QANexus.EndToEnd.Tests.OpenApi;

/// <summary>Whoever has nothing but the OpenAPI document can generate a client from it that compiles and works.</summary>
[Collection(SystemCollection.Name)]
public sealed class GeneratedClientTests(SystemUnderTest system)
{
    /// <summary>What a user of the client writes.</summary>
    private const string Journey =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Threading.Tasks;
        using Generated;

        public static class Journey
        {
            public static async Task<string[]> RunAsync(HttpClient http, string tenant)
            {
                var client = new EventStoreClient(http);
                var append = new Append
                {
                    Events = new[] { new NewEvent { Type = "NoteTaken", Data = new Dictionary<string, object> { ["text"] = "Grüße" } } },
                    Metadata = new Metadata { CorrelationId = "c-1" },
                };
                var receipt = await client.AppendEventsAsync(append, tenant, "Note", "n-1", idempotency_Key: "once");
                var replay = await client.AppendEventsAsync(append, tenant, "Note", "n-1", idempotency_Key: "once");
                var page = await client.ReadStreamAsync(tenant, "Note", "n-1", direction: Direction.Backward, maxCount: 10);
                var read = page.Value.Single();
                var problem = "none";
                try
                {
                    await client.AppendEventsAsync(append, tenant, "Note", "n-1", if_None_Match: "*");
                }
                catch (ApiException<Problem> conflict)
                {
                    problem = $"{conflict.StatusCode} {conflict.Result.Code} at {conflict.Result.CurrentVersion}";
                }

                return new[]
                {
                    $"{receipt.AggregateType}:{receipt.AggregateId} at {receipt.Version}",
                    $"{replay.CommitId == receipt.CommitId} {page.Version}",
                    $"{read.EventId} {read.Type} {Newtonsoft.Json.JsonConvert.SerializeObject(read.Data)}",
                    problem,
                };
            }
        }
        """;

    [Fact]
    public async Task A_client_generated_from_the_document_appends_and_reads_back()
    {
        using var http = new HttpClient();
        var run = Compile(await GenerateAsync(await http.GetStringAsync(new Uri(system.Address, "/api/openapi/v1.json"))));

        var said = await run(http, system.NewTenant().Tenant);

        Assert.Equal(["Note:n-1 at 1", "True 1", """Note:n-1:1 NoteTaken {"text":"Grüße"}""", "412 VersionConflict at 1"], said);
    }

    private static async Task<string> GenerateAsync(string document)
    {
        var settings = new CSharpClientGeneratorSettings { ClassName = "EventStoreClient", GenerateOptionalParameters = true };
        settings.CSharpGeneratorSettings.Namespace = "Generated";
        // The generator's System.Text.Json does not know the names of enumerations that are no identifiers.
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.NewtonsoftJson;
        settings.CSharpGeneratorSettings.GenerateOptionalPropertiesAsNullable = true;
        return new CSharpClientGenerator(await OpenApiDocument.FromJsonAsync(document), settings).GenerateFile();
    }

    private static Func<HttpClient, string, Task<string[]>> Compile(string client)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "Newtonsoft.Json.dll" or "netstandard.dll")
            .Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "GeneratedClient", [CSharpSyntaxTree.ParseText(client), CSharpSyntaxTree.ParseText(Journey)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var errors = compilation.Emit(assembly).Diagnostics.Where(static message => message.Severity is DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, string.Join('\n', errors));
        assembly.Position = 0;
        return new AssemblyLoadContext("generated").LoadFromStream(assembly).GetType("Journey")!.GetMethod("RunAsync")!
            .CreateDelegate<Func<HttpClient, string, Task<string[]>>>();
    }
}

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using QANexus.Api.Routing;
using QANexus.Api.Tests.Hosting;
using QANexus.Testing.OpenApi;

namespace QANexus.Api.Tests.OpenApi;

/// <summary>Holds answers to what the OpenAPI document says of them.</summary>
internal static class OpenApiContract
{
    public static JsonElement Document { get; } = Load();

    /// <summary>Asserts that the document describes this answer: its status, its headers and its body. What has no path in it must be a problem.</summary>
    public static void Check(HttpMethod method, string path, ApiAnswer answer)
    {
        var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
        if (Find(method, path) is not { } operation)
        {
            Assert.True(answer.Status is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.MethodNotAllowed, $"{method} {path}: {status}");
            JsonSchema.Check(Document, Resolve("#/components/schemas/Problem"), answer.Json, "$");
            return;
        }

        Assert.True(operation.GetProperty("responses").TryGetProperty(status, out var response), $"{method} {path} does not describe {status}: {answer.Text}");
        response = Resolve(response);
        CheckHeaders(response, answer, $"{method} {path} {status}");
        if (!response.TryGetProperty("content", out var content))
        {
            Assert.Empty(answer.Bytes);
            return;
        }

        Assert.True(content.TryGetProperty(answer.Headers["Content-Type"], out var media), $"{method} {path} {status}: {answer.Headers["Content-Type"]}");
        Assert.Equal(answer.Bytes.Length.ToString(CultureInfo.InvariantCulture), answer.Headers["Content-Length"]);
        JsonSchema.Check(Document, media.GetProperty("schema"), answer.Json, "$");
    }

    private static void CheckHeaders(JsonElement response, ApiAnswer answer, string where)
    {
        foreach (var header in response.GetProperty("headers").EnumerateObject())
        {
            var described = Resolve(header.Value);
            if (answer.Headers.TryGetValue(header.Name, out var value))
            {
                JsonSchema.Check(Document, described.GetProperty("schema"), JsonSerializer.SerializeToElement(value), $"{where} {header.Name}");
            }
            else
            {
                Assert.False(described.TryGetProperty("required", out var required) && required.GetBoolean(), $"{where} has no {header.Name}");
            }
        }

        string[] always = ["Content-Type", "Content-Length", "Allow"];
        Assert.All(answer.Headers.Keys, name => Assert.True(
            always.Contains(name) || response.GetProperty("headers").EnumerateObject().Any(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)),
            $"{where} does not describe {name}"));
    }

    private static JsonElement? Find(HttpMethod method, string path)
    {
        foreach (var described in Document.GetProperty("paths").EnumerateObject())
        {
            var matcher = new TemplateMatcher(TemplateParser.Parse("api" + described.Name), []);
            if (matcher.TryMatch(new PathString(path), [])
                && described.Value.TryGetProperty(method.Method.ToLowerInvariant(), out var operation))
            {
                return operation;
            }
        }

        return null;
    }

    private static JsonElement Resolve(JsonElement element) =>
        element.TryGetProperty("$ref", out var reference) ? Resolve(reference.GetString()!) : element;

    public static JsonElement Resolve(string reference) => JsonSchema.Resolve(Document, reference);

    private static JsonElement Load()
    {
        using var stream = typeof(ApiOptions).Assembly.GetManifestResourceStream(Routes.OpenApi)!;
        return JsonDocument.Parse(stream).RootElement;
    }
}

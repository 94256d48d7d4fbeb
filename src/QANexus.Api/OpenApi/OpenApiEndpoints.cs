using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using QANexus.Api.Links;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;

namespace QANexus.Api.OpenApi;

/// <summary>Serves the description of the API, an OpenAPI 3.1 document kept by hand and held to the routes and answers by tests.</summary>
public sealed class OpenApiEndpoints(EndpointPipeline pipeline, LinkBuilder links)
{
    private static readonly byte[] Document = Load();

    /// <summary>The document, with the address that it was asked at as its server.</summary>
    public Task<IResult> DescribeAsync(HttpRequest request, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.DescribeApi, request, _ => Task.FromResult<Answer>(new JsonAnswer(StatusCodes.Status200OK, Describe(links.Self(request)))),
            cancellationToken);

    private static ReadOnlyMemory<byte> Describe(string self)
    {
        var document = JsonNode.Parse(Document)!;
        document["servers"] = new JsonArray(new JsonObject { ["url"] = self[..self.LastIndexOf("/" + Routes.OpenApi, StringComparison.OrdinalIgnoreCase)] });
        return JsonSerializer.SerializeToUtf8Bytes(document);
    }

    private static byte[] Load()
    {
        using var stream = typeof(OpenApiEndpoints).Assembly.GetManifestResourceStream(Routes.OpenApi)!;
        var document = new byte[stream.Length];
        stream.ReadExactly(document);
        return document;
    }
}

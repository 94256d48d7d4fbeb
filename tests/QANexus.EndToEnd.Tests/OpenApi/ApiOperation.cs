using System.Text.Json;

namespace QANexus.EndToEnd.Tests.OpenApi;

/// <summary>An operation of the document.</summary>
internal sealed class ApiOperation(ApiDocument document, string path, JsonElement shared, string method, JsonElement description)
{
    public string Id => description.GetProperty("operationId").GetString()!;

    public string Path => path;

    public string Method => method;

    /// <summary>Those of its path and its own.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        .. new[] { shared, description }
            .SelectMany(static owner => owner.TryGetProperty("parameters", out var declared) ? declared.EnumerateArray().ToArray() : [])
            .Select(document.Resolve)
            .Select(static parameter => new ApiParameter(
                parameter.GetProperty("name").GetString()!, parameter.GetProperty("in").GetString()!,
                parameter.TryGetProperty("required", out var required) && required.GetBoolean(), parameter.GetProperty("schema"))),
    ];

    /// <summary>The schema of its JSON body, if it takes one.</summary>
    public JsonElement? Body => TryGetBody("application/json", out var media) ? media.GetProperty("schema") : null;

    /// <summary>Whether its body is XML.</summary>
    public bool TakesXml => TryGetBody("application/xml", out _);

    public bool Describes(int status) => TryGetResponse(status, out _);

    /// <summary>The schema of the body of an answer; null where it has none.</summary>
    public JsonElement? SchemaOf(int status, string mediaType) =>
        TryGetResponse(status, out var response) && response.TryGetProperty("content", out var content) && content.TryGetProperty(mediaType, out var media)
            ? media.GetProperty("schema")
            : null;

    /// <summary>Whether an answer of this status may have this header.</summary>
    public bool DescribesHeader(int status, string name) =>
        TryGetResponse(status, out var response) && response.TryGetProperty("headers", out var headers)
        && headers.EnumerateObject().Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private bool TryGetBody(string mediaType, out JsonElement media)
    {
        media = default;
        return description.TryGetProperty("requestBody", out var body) && document.Resolve(body).GetProperty("content").TryGetProperty(mediaType, out media);
    }

    private bool TryGetResponse(int status, out JsonElement response)
    {
        var found = description.GetProperty("responses").TryGetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture), out response);
        response = found ? document.Resolve(response) : default;
        return found;
    }
}

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="IsRequired">Whether a request without it is refused.</param>
/// <param name="Schema">What it may be.</param>
internal sealed record ApiParameter(string Name, string In, bool IsRequired, JsonElement Schema);

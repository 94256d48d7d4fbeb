using System.Net;
using System.Text;
using System.Text.Json;

namespace QANexus.Api.Tests.Hosting;

/// <summary>An answer of the API, read whole.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, JsonElement Json, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public string ETag => Headers["ETag"];

    public string? Code => Json.GetProperty("code").GetString();

    public IReadOnlyDictionary<string, string> Errors => Json.TryGetProperty("errors", out var errors)
        ? errors.EnumerateObject().ToDictionary(static e => e.Name, static e => e.Value[0].GetString()!, StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<JsonElement> Events => [.. Json.GetProperty("value").EnumerateArray()];

    public IEnumerable<long> Versions => Events.Select(static e => e.GetProperty("version").GetInt64());

    public string? NextLink => Json.TryGetProperty("nextLink", out var link) ? link.GetString() : null;

    /// <summary>Asserts that it is this problem, and that it is only one.</summary>
    public ApiAnswer IsProblem(HttpStatusCode status, string code)
    {
        Assert.True(status == Status, Text);
        Assert.Equal("application/problem+json", Headers["Content-Type"]);
        Assert.Equal(code, Code);
        return this;
    }

    /// <summary>Asserts that validation failed at exactly these places.</summary>
    public void IsInvalidAt(params string[] pointers)
    {
        IsProblem(HttpStatusCode.BadRequest, "validation-failed");
        Assert.Equal(pointers.Order(StringComparer.Ordinal), Errors.Keys.Order(StringComparer.Ordinal));
    }
}

using Microsoft.AspNetCore.Http;
using QANexus.EndToEnd.Tests.OpenApi;
using QANexus.Testing.OpenApi;

namespace QANexus.EndToEnd.Tests.Fuzzing;

/// <summary>What must hold of every answer, whatever was asked.</summary>
internal static class AnswerRules
{
    private const string ProblemType = "application/problem+json";

    /// <summary>What HTTP itself adds.</summary>
    private static readonly string[] OfEveryAnswer = ["Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Date"];

    private static readonly int[] OfTheServerItself = [400, 408, 413, 414, 417, 431];

    /// <summary>Throws where an answer breaks a rule; the operation that it is of, if the request was for one.</summary>
    public static ApiOperation? Check(ApiDocument document, RawRequest request, RawAnswer answer)
    {
        if (request.MayBreakProtocol && OfTheServerItself.Contains(answer.Status) && answer.Body.Length == 0)
        {
            return null;
        }

        Assert.True(answer.Status < 500 || WasWaitedFor(request, answer), "a failure of the server");
        Assert.Equal("no-store", answer.Headers.GetValueOrDefault("Cache-Control"));
        var path = Normalize(request.Path);
        // The matcher of the test is more generous about empty segments than a web server.
        var operation = answer.Status == 404 && path.Contains("//", StringComparison.Ordinal) ? null : document.Find(request.Method, path);
        if (operation is null)
        {
            Assert.True(answer.Status is 404 or 405, "there is no such operation");
            CheckProblem(document, request, answer);
            return null;
        }

        Assert.True(operation.Describes(answer.Status), $"{operation.Id} does not describe this status");
        Assert.All(answer.Headers.Keys.Except(OfEveryAnswer, StringComparer.OrdinalIgnoreCase), name =>
            Assert.True(operation.DescribesHeader(answer.Status, name), $"{operation.Id} does not describe {name} with this status"));
        if (answer.Status >= 400)
        {
            CheckProblem(document, request, answer);
        }
        else if (answer.Status != 304)
        {
            var schema = operation.SchemaOf(answer.Status, answer.MediaType);
            Assert.True(schema is not null, $"{operation.Id} does not describe this media type");
            if (answer.MediaType == "application/json")
            {
                JsonSchema.Check(document.Root, schema.Value, answer.Json, "$");
            }
        }

        return operation;
    }

    /// <summary>A position that nobody has reached yet, for as long as one waits for it.</summary>
    private static bool WasWaitedFor(RawRequest request, RawAnswer answer) =>
        answer.Status == 503 && request.Query.Contains("atLeast=", StringComparison.Ordinal);

    private static void CheckProblem(ApiDocument document, RawRequest request, RawAnswer answer)
    {
        Assert.Equal(ProblemType, answer.MediaType);
        if (request.Method == "HEAD")
        {
            return;
        }

        JsonSchema.Check(document.Root, document.Schema("Problem"), answer.Json, "$");
        Assert.Equal(answer.Status, answer.Json.GetProperty("status").GetInt32());
        Assert.Equal("urn:qanexus:problem:" + answer.Json.GetProperty("code").GetString(), answer.Json.GetProperty("type").GetString());
        Assert.True(
            answer.Json.GetProperty("code").GetString() != "validation-failed" || answer.Json.TryGetProperty("errors", out _), "it does not say what is not valid");
        Assert.Equal(answer.Status is 429 or 503, answer.Headers.ContainsKey("Retry-After"));
        Assert.DoesNotContain("Exception", answer.Json.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The path as a web server sees it: decoded, but for slashes, and without dots.</summary>
    private static string Normalize(string path)
    {
        var decoded = PathString.FromUriComponent(path).Value!;
        var endsInDots = decoded.EndsWith("/.", StringComparison.Ordinal) || decoded.EndsWith("/..", StringComparison.Ordinal);
        List<string> kept = [];
        foreach (var segment in decoded.Split('/').Skip(1))
        {
            if (segment == "..")
            {
                kept.RemoveRange(Math.Max(0, kept.Count - 1), Math.Min(1, kept.Count));
            }
            else if (segment != ".")
            {
                kept.Add(segment);
            }
        }

        return "/" + string.Join('/', kept) + (endsInDots && kept.Count > 0 ? "/" : "");
    }
}

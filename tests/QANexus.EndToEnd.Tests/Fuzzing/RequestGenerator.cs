using System.Globalization;
using System.Text;
using System.Text.Json;
using QANexus.EndToEnd.Tests.OpenApi;

namespace QANexus.EndToEnd.Tests.Fuzzing;

/// <summary>
/// Makes requests of what the document describes: right ones, ones that are wrong in a place, and ones that mean harm. The same seed makes the same
/// request, but for what earlier answers gave back.
/// </summary>
internal sealed class RequestGenerator(ApiDocument document, Vocabulary words)
{
    /// <summary>The one tenant that is cleared, so that the others keep their data.</summary>
    public const string Cleared = "fuzz-c";

    private const int BytesTooMany = 1024 * 1024 + 1;

    private static readonly string[] Tenants = ["fuzz-a", "fuzz-b"];
    private static readonly string[] AggregateTypes = ["Fuzzed", "Requirement", "Sprint", "Release", "Bug", "TestRun", "Reservation"];

    private readonly SchemaSampler sampler = new(document, words);

    public RawRequest Create(Random random)
    {
        var operation = AnyOf(document.Operations, random);
        // A rebuild or a clear is much work, and one now and then finds as much as many.
        if (operation.Id is "rebuild-view" or "clear-tenant" && random.Next(10) > 0)
        {
            operation = AnyOf(document.Operations, random);
        }

        var isHostile = random.Next(3) > 0;
        var tenant = operation.Id == "clear-tenant" ? Cleared : Tenants[random.Next(Tenants.Length)];
        var request = Describe(operation, tenant, random, isHostile);
        return isHostile ? Spoil(request, random) : request;
    }

    private RawRequest Describe(ApiOperation operation, string tenant, Random random, bool isHostile)
    {
        var path = "/api" + operation.Path;
        List<string> query = [];
        List<(string, string)> headers = [];
        foreach (var parameter in operation.Parameters)
        {
            var isSpoilt = isHostile && random.Next(6) == 0;
            if (parameter.In == "path")
            {
                var value = isSpoilt ? AnyOf(Hostile.Texts, random) : Value(parameter, operation, tenant, random);
                path = path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
            }
            else if (parameter.IsRequired || random.Next(3) == 0)
            {
                var value = isSpoilt ? AnyOf(Hostile.Texts, random) : Value(parameter, operation, tenant, random);
                if (parameter.In == "query")
                {
                    query.Add($"{parameter.Name}={Uri.EscapeDataString(value)}");
                }
                else
                {
                    headers.Add((parameter.Name, OnOneLine(value)));
                }
            }
        }

        byte[]? body = null;
        if (operation.Body is { } schema)
        {
            headers.Add(("Content-Type", "application/json"));
            var sampled = sampler.Sample(schema, "body", random);
            body = isHostile && random.Next(2) == 0 ? BodyMutation.Apply(sampled, random) : JsonSerializer.SerializeToUtf8Bytes(sampled);
        }

        if (operation.TakesXml)
        {
            headers.Add(("Content-Type", "application/xml"));
            body = Encoding.UTF8.GetBytes(AnyOf(isHostile ? Hostile.Reports : Hostile.Reports[..1], random));
        }

        return new RawRequest(operation.Method, path, query.Count == 0 ? "" : "?" + string.Join('&', query), headers, body);
    }

    private string Value(ApiParameter parameter, ApiOperation operation, string tenant, Random random) => parameter.Name switch
    {
        "tenantId" or "X-Confirm-Tenant" => tenant,
        "aggregateType" => AnyOf(AggregateTypes, random),
        "type" => words.EventTypes[random.Next(words.EventTypes.Count)].Type,
        "view" => AnyOf(words.Views, random),
        "subscription" => AnyOf(words.Subscriptions, random),
        "streamId" or "documentId" => $"Fuzzed:id-{Digit(random)}",
        "eventId" => words.Recall("eventId", random) ?? "Fuzzed:id-1:1",
        "cursor" or "Last-Event-ID" => words.Recall("cursor", random) ?? "",
        "If-Match" or "If-None-Match" => operation.Id != "append-events" || parameter.Name == "If-Match" ? words.Recall("etag", random) ?? "*" : "*",
        "Idempotency-Key" => $"key-{random.Next(500).ToString(CultureInfo.InvariantCulture)}",
        // What has not been reached is waited for, 5 s long.
        "atLeast" => "0.0",
        "wait" => "0",
        _ => sampler.Sample(parameter.Schema, parameter.Name, random)?.ToString() ?? "",
    };

    private static RawRequest Spoil(RawRequest request, Random random)
    {
        switch (random.Next(17))
        {
            case 0:
                return request with { Method = AnyOf(Hostile.Methods, random) };
            case 1:
                var added = $"{Uri.EscapeDataString(AnyOf(Hostile.Texts, random))}={Digit(random)}";
                return request with { Query = request.Query.Length == 0 ? "?" + added : $"{request.Query}&{added}" };
            case 2 when request.Query.Length > 0:
                return request with { Query = request.Query + "&" + request.Query[1..] };
            case 3:
                return request with { Path = ReplaceSegment(request.Path, AnyOf(Hostile.Segments, random), random) };
            case 4:
                return request with { Path = request.Path + "/" + AnyOf(Hostile.Segments, random) };
            case 5:
                return request with { Path = ReplaceSegment(request.Path, AnyOf(Hostile.BreakingSegments, random), random), MayBreakProtocol = true };
            case 6 or 7 or 8:
                return With(request, AnyOf(Hostile.Headers, random));
            case 9 when request.Headers.Count > 0:
                return request with { Headers = [.. request.Headers, AnyOf(request.Headers, random)] };
            case 10 when request.Headers.Count > 0:
                return request with { Headers = [.. request.Headers.Skip(1)] };
            case 11 when request.Body is not null:
                return request with { IsChunked = true };
            case 12 when request.Body is not null && random.Next(20) == 0:
                return request with { Body = Encoding.UTF8.GetBytes($"\"{new string('x', BytesTooMany)}\""), IsChunked = random.Next(2) == 0 };
            case 13 when request.Body is null && request.Method != "TRACE":
                return request with { Body = AnyOf(Hostile.Bodies, random) };
            case 14 when request.Body is not null:
                return request with { IsChunked = true, BrokenChunk = AnyOf(Hostile.ChunkSizes, random) };
            default:
                return request;
        }
    }

    /// <summary>The server itself looks at these, and refuses what HTTP does not allow.</summary>
    private static RawRequest With(RawRequest request, (string Name, string Value) header) => request with
    {
        Headers = [.. request.Headers, header],
        MayBreakProtocol = request.MayBreakProtocol || header.Name is "Host" or "Expect" or "X-Long" || header.Value.Any(static character => character > '~'),
    };

    private static string ReplaceSegment(string path, string segment, Random random)
    {
        var segments = path.Split('/');
        segments[random.Next(1, segments.Length)] = segment;
        return string.Join('/', segments);
    }

    /// <summary>Latin-1 and no line breaks, else there would be no header.</summary>
    private static string OnOneLine(string value) => string.Concat(value.Where(static character => character is >= ' ' and <= '~'));

    private static string Digit(Random random) => random.Next(1, 6).ToString(CultureInfo.InvariantCulture);

    private static T AnyOf<T>(IReadOnlyList<T> choices, Random random) => choices[random.Next(choices.Count)];
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using QANexus.LocalCosmos.Batching;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Tests.Authorization;
using QANexus.LocalCosmos.Tests.Batching;
using Xunit.Abstractions;

namespace QANexus.LocalCosmos.Tests.Conformance;

/// <summary>
/// Requests that no SDK sends, signed so that they get past the door. Each may be refused, none may be a failure of the server, and none
/// may keep the next one from being answered. LOCALCOSMOS_FUZZ_REQUESTS raises their number, and LOCALCOSMOS_FUZZ_SEED repeats a run's.
/// </summary>
public sealed class HttpFuzzTests(ITestOutputHelper output)
{
    private const int RequestsOfAContainer = 20;
    private const int RequestsOfAnAccount = 1000;
    private const int RequestsOfALongRun = 20_000;

    // In KiB. Prepared statements of containers that are gone stay until there are many.
    private const long MemoryAllowance = 8 * 1024;

    private static readonly string[] s_documents = ["dbs", "db", "colls", "ev", "docs"];

    private static readonly Gen<string> s_methods = Gen.Frequency(
        (4, Gen.Const("POST")), (4, Gen.Const("GET")), (2, Gen.Const("PUT")), (2, Gen.Const("PATCH")), (1, Gen.Const("DELETE")),
        (1, Gen.Const("OPTIONS")), (1, Gen.Const("HEAD")), (1, Gen.Const("FROB")));

    private static readonly Gen<string> s_noise = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.OneOf(
            "", "*", "0", "-1", "999999999999999999999", "True", "null", "[]", "{}", "\"\"", "\"5\"", "\"99999999999999999999\"",
            "[{}]", "[\"t1\",\"s1\"]", "[\"t1\"]", "[1e999,1]", "[\"\\ud800\",1]", "FF", "1FFF", "zz", "0:-1#1", "0:-1#9999999", "0:", ":#", "0:1#",
            "Mon, 23 Nov 2026 07:13:12 GMT", "Incremental Feed", "Full-Fidelity Feed", "EffectivePartitionKeyRange", "return=minimal"));

    private static readonly Gen<string[]> s_paths = Gen.Frequency(
        (10, Gen.Const(s_documents)),
        (6, s_noise.Select(id => new[] { "dbs", "db", "colls", "ev", "docs", id.Length == 0 ? "1" : id })),
        (3, Gen.Const(new[] { "dbs", "db", "colls", "ev", "pkranges" })),
        (2, Gen.Const(new[] { "dbs", "db", "colls" })),
        (2, Gen.Const(new[] { "dbs", "db", "colls", "other" })),
        (1, Gen.Const(new[] { "dbs" })),
        (1, Gen.Const(new[] { "offers" })),
        (1, Gen.Const(Array.Empty<string>())),
        (2, s_noise.Array[0, 8]));

    private static readonly Gen<(string Name, string Value)> s_headers = Gen.Select(
        Gen.OneOf(
            CosmosHeaders.PartitionKey, CosmosHeaders.PartitionKeyRangeId, CosmosHeaders.IsQuery, CosmosHeaders.IsUpsert, CosmosHeaders.IsQueryPlanRequest,
            CosmosHeaders.IsBatchRequest, CosmosHeaders.BatchAtomic, CosmosHeaders.BatchContinueOnError, CosmosHeaders.ReadKeyType, CosmosHeaders.StartEpk,
            CosmosHeaders.EndEpk, CosmosHeaders.AIm, CosmosHeaders.IfMatch, CosmosHeaders.IfNoneMatch, CosmosHeaders.IfModifiedSince, CosmosHeaders.Continuation,
            CosmosHeaders.MaxItemCount, CosmosHeaders.SessionToken, CosmosHeaders.Prefer, CosmosHeaders.OptimisticDirectExecute, CosmosHeaders.ActivityId,
            CosmosHeaders.OfferThroughput, CosmosHeaders.OfferAutopilot, CosmosHeaders.ConsistencyLevel, CosmosHeaders.ChangeFeedWireFormatVersion),
        s_noise);

    // Headers that make sense together, so that the noise reaches what lies behind the first checks.
    private static readonly Gen<(string Name, string Value)[]> s_plausible = Gen.OneOf<(string Name, string Value)[]>(
        [],
        [(CosmosHeaders.PartitionKey, "[\"t1\",\"s1\"]")],
        [(CosmosHeaders.PartitionKey, "[\"t1\",\"s1\"]"), (CosmosHeaders.IsUpsert, "True")],
        [(CosmosHeaders.PartitionKey, "[\"t1\",\"s1\"]"), (CosmosHeaders.IsBatchRequest, "True"), (CosmosHeaders.BatchAtomic, "True")],
        [(CosmosHeaders.PartitionKeyRangeId, "0"), (CosmosHeaders.IsBatchRequest, "True"), (CosmosHeaders.BatchContinueOnError, "True")],
        [(CosmosHeaders.PartitionKey, "[\"t1\",\"s1\"]"), (CosmosHeaders.IsQuery, "True"), (CosmosHeaders.OptimisticDirectExecute, "True")],
        [(CosmosHeaders.PartitionKeyRangeId, "0"), (CosmosHeaders.IsQuery, "True")],
        [(CosmosHeaders.IsQueryPlanRequest, "True")],
        [(CosmosHeaders.PartitionKeyRangeId, "0"), (CosmosHeaders.AIm, "Incremental Feed")],
        [(CosmosHeaders.PartitionKeyRangeId, "0"), (CosmosHeaders.ReadKeyType, "EffectivePartitionKeyRange"), (CosmosHeaders.StartEpk, "10"), (CosmosHeaders.EndEpk, "20")]);

    private static readonly Gen<byte[]> s_batches = Gen.Select(
        Gen.Enum<BatchOperationType>(), s_noise, s_noise, Gen.OneOf("{\"id\":\"1\",\"tenantId\":\"t1\",\"streamId\":\"s1\"}", "{}", "[", ""),
        (type, id, key, body) => new BatchOperation(type) { Id = id, PartitionKey = key, IfMatch = id, Body = Encoding.UTF8.GetBytes(body) })
        .Array[1, 5].Select(operations => BatchRequestBytes.Write(operations));

    private static readonly Gen<byte[]> s_texts = Gen.OneOf(
        "{\"id\":\"a\",\"tenantId\":\"t1\",\"streamId\":\"s1\",\"n\":1}",
        "{\"id\":\"b\",\"tenantId\":\"t1\",\"streamId\":\"s1\",\"tags\":[1,\"x\",null],\"obj\":{\"a\":{\"b\":[]}}}",
        "{\"id\":\"1\",\"tenantId\":\"t1\",\"streamId\":\"s1\",\"n\":1e400,\"ttl\":-5}",
        "{\"id\":\"new\",\"partitionKey\":{\"paths\":[\"/a\",\"/b\",\"/c\"],\"kind\":\"MultiHash\"},\"defaultTtl\":0}",
        "{\"id\":\"other\",\"partitionKey\":{\"paths\":[\"/a\"]},\"uniqueKeyPolicy\":{\"uniqueKeys\":[{\"paths\":[\"/x\"]}]}}",
        "{\"query\":\"SELECT * FROM c WHERE c.n > @p ORDER BY c.n\",\"parameters\":[{\"name\":\"@p\",\"value\":1}],\"resumeFilter\":{\"value\":[7],\"rid\":\"AQEB\",\"exclude\":false}}",
        "{\"query\":\"SELECT VALUE COUNT(1) FROM c GROUP BY c.a OFFSET 1 LIMIT 99999999999\"}",
        "{\"query\":\"SELECT TOP 5 c.a[0].b, [1,2], {'x': c} FROM c JOIN d IN c.tags WHERE NOT (c.a ?? 1) IN ('x') AND EXISTS(SELECT VALUE 1)\"}",
        "{\"query\":7,\"parameters\":{}}",
        "{\"condition\":\"FROM c WHERE c.n = 1\",\"operations\":[{\"op\":\"set\",\"path\":\"/a/-/0\",\"value\":1},{\"op\":\"incr\",\"path\":\"/n\",\"value\":\"x\"},{\"op\":\"move\",\"path\":\"/a\",\"from\":\"/a/b\"}]}",
        "{\"operations\":[{\"op\":\"remove\",\"path\":\"\"}]}").Select(Encoding.UTF8.GetBytes);

    // A piece repeated, cut out or overwritten: most of the text stays what it was.
    private static readonly Gen<byte[]> s_bodies = Gen.Select(
        Gen.OneOf(s_texts, s_batches, Gen.Byte.Array[0, 80], Gen.Const(Encoding.UTF8.GetBytes(new string('[', 200)))),
        Gen.Int[0, 3], Gen.Int[0, int.MaxValue - 1], Gen.Int[0, int.MaxValue - 1], Gen.Byte,
        (body, mutation, at, length, value) =>
        {
            if (body.Length == 0 || mutation == 0)
                return body;
            var from = at % body.Length;
            var to = from + (length % (body.Length - from)) + 1;
            return mutation switch
            {
                1 => [.. body[..from], .. body[to..]],
                2 => [.. body[..to], .. body[from..]],
                _ => [.. body[..from], value, .. body[(from + 1)..]],
            };
        });

    private static readonly Gen<FuzzedRequest> s_anyRequests = Gen.Select(
        s_methods, s_paths, s_plausible, s_headers.Array[0, 3], s_bodies,
        (method, path, plausible, headers, body) => new FuzzedRequest(method, path, [.. plausible, .. headers], body));

    // Whole records, or the checksum would keep nearly all of them from being looked into.
    private static readonly Gen<FuzzedRequest> s_batchRequests = Gen.Select(
        Gen.OneOf<(string Name, string Value)[]>(
            [(CosmosHeaders.PartitionKey, "[\"t1\",\"s1\"]"), (CosmosHeaders.BatchAtomic, "True")],
            [(CosmosHeaders.PartitionKeyRangeId, "0"), (CosmosHeaders.BatchContinueOnError, "True")]),
        s_batches,
        (headers, body) => new FuzzedRequest("POST", s_documents, [.. headers, (CosmosHeaders.IsBatchRequest, "True")], body));

    private static readonly Gen<FuzzedRequest> s_itemRequests = Gen.Select(Gen.Bool, s_texts, (isUpsert, body) => new FuzzedRequest(
        "POST", s_documents, [(CosmosHeaders.PartitionKey, "[\"t1\",\"s1\"]"), (CosmosHeaders.IsUpsert, $"{isUpsert}")], body));

    private static readonly Gen<FuzzedRequest> s_feedRequests = Gen.Select(
        Gen.OneOf("*", "\"0\"", "\"99\"", "0"), s_headers,
        (position, header) => new FuzzedRequest(
            "GET",
            s_documents,
            [(CosmosHeaders.PartitionKeyRangeId, "0"), (CosmosHeaders.AIm, "Incremental Feed"), (CosmosHeaders.IfNoneMatch, position), header],
            []));

    private static readonly Gen<FuzzedRequest> s_requests = Gen.Frequency(
        (7, s_anyRequests), (1, s_batchRequests), (1, s_itemRequests), (1, s_feedRequests));

    private static readonly RequestKind[] s_itemKinds =
    [
        RequestKind.Create, RequestKind.Upsert, RequestKind.Replace, RequestKind.Delete, RequestKind.Patch, RequestKind.Read, RequestKind.Batch,
        RequestKind.Query, RequestKind.QueryPlan, RequestKind.ReadFeed, RequestKind.ChangeFeed,
    ];

    [Fact]
    public async Task No_request_in_process_makes_the_server_fail() =>
        await FuzzAsync(Transport.InProcess, requests: 3000, [200, 201, 207, 304, 400, 404, 405]);

    [Fact]
    public async Task No_request_on_a_port_makes_the_server_fail() =>
        await FuzzAsync(Transport.Port, requests: 600, [200, 207, 400, 404, 405]);

    private async Task FuzzAsync(Transport transport, int requests, HashSet<int> expected)
    {
        requests = Setting("LOCALCOSMOS_FUZZ_REQUESTS") ?? requests;
        var seed = Setting("LOCALCOSMOS_FUZZ_SEED") ?? Random.Shared.Next();
        output.WriteLine($"{requests} requests, LOCALCOSMOS_FUZZ_SEED={seed}");
        var random = new PCG(1, (ulong)seed);
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        using var injected = cosmos.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = s_itemKinds, Probability = 0.01, Seed = seed });
        var client = cosmos.CreateHttpClient();
        // Not the fixture's own, which remembers whatever it sends.
        var administrator = cosmos.CreateClient();
        var statuses = new SortedDictionary<int, int>();
        var before = MemoryInUse();
        for (var number = 0; number < requests; number++)
        {
            if (number % RequestsOfAnAccount == 0)
                await DeleteAllAsync(cosmos, client);
            if (number % RequestsOfAContainer == 0)
                await CreateContainerAsync(administrator);
            if (number == requests / 4)
                before = MemoryInUse();
            var request = s_requests.Generate(random, null, out _);
            using var message = request.ToMessage(cosmos.Endpoint);
            using var response = await client.SendAsync(message);
            var status = (int)response.StatusCode;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            var answer = await response.Content.ReadAsStringAsync();
            Assert.True(
                status < 500 || (status == 503 && statuses[503] == injected.Hits),
                $"Request {number} of seed {seed}, {request}, was answered with {status}: {answer}");
        }

        await DeleteAllAsync(cosmos, client);
        var after = MemoryInUse();
        output.WriteLine($"Answers: {string.Join(", ", statuses.Select(status => $"{status.Value} x {status.Key}"))}");
        output.WriteLine(FormattableString.Invariant(
            $"KiB after a quarter and at the end: {before.Managed:N0} and {after.Managed:N0} of .NET's, {before.Native:N0} and {after.Native:N0} of SQLite's."));
        // Other tests that run beside this one need memory too, so it is a measure only of a long run, which has the process for itself.
        if (requests >= RequestsOfALongRun)
        {
            Assert.InRange(after.Managed, 0, before.Managed + MemoryAllowance);
            Assert.InRange(after.Native, 0, before.Native + MemoryAllowance);
        }

        // Noise that is all refused at the first check would prove nothing.
        Assert.Equal("", string.Join(' ', expected.Except(statuses.Keys)));
        Assert.StartsWith("local", (await cosmos.Client.ReadAccountAsync()).Id, StringComparison.Ordinal);
    }

    // What an earlier request may have deleted.
    private static async Task CreateContainerAsync(Microsoft.Azure.Cosmos.CosmosClient client)
    {
        await client.CreateDatabaseIfNotExistsAsync("db");
        await client.GetDatabase("db").CreateContainerIfNotExistsAsync(
            new Microsoft.Azure.Cosmos.ContainerProperties("ev", ["/tenantId", "/streamId"]));
    }

    // What noise has created would otherwise grow for ever, and would say nothing about what the server itself keeps.
    private static async Task DeleteAllAsync(CosmosFixture cosmos, HttpClient client)
    {
        using var list = new FuzzedRequest("GET", ["dbs"], [], []).ToMessage(cosmos.Endpoint);
        using var listed = await client.SendAsync(list);
        using var databases = JsonDocument.Parse(await listed.Content.ReadAsStringAsync());
        foreach (var database in databases.RootElement.GetProperty("Databases").EnumerateArray())
        {
            using var delete = new FuzzedRequest("DELETE", ["dbs", database.GetProperty("id").GetString()!], [], []).ToMessage(cosmos.Endpoint);
            using var deleted = await client.SendAsync(delete);
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }
    }

    private static (long Managed, long Native) MemoryInUse() =>
        (GC.GetTotalMemory(forceFullCollection: true) / 1024, SQLitePCL.raw.sqlite3_memory_used() / 1024);

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private sealed record FuzzedRequest(string Method, string[] Path, (string Name, string Value)[] Headers, byte[] Body)
    {
        public HttpRequestMessage ToMessage(Uri endpoint)
        {
            var target = "/" + string.Join('/', Path.Select(Uri.EscapeDataString));
            var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(endpoint.GetLeftPart(UriPartial.Authority) + target));
            if (Method is not ("GET" or "HEAD"))
                message.Content = new ByteArrayContent(Body);
            message.Headers.TryAddWithoutValidation(CosmosHeaders.Date, MasterKeyToken.Date);
            message.Headers.TryAddWithoutValidation(
                CosmosHeaders.Authorization, MasterKeyToken.ForNames(Method, RequestTarget.Parse(message.RequestUri!.PathAndQuery).Segments));
            foreach (var (name, value) in Headers)
            {
                message.Headers.Remove(name);
                message.Headers.TryAddWithoutValidation(name, value);
            }

            return message;
        }

        public override string ToString() =>
            $"{Method} /{string.Join('/', Path)} {string.Join("; ", Headers.Select(header => $"{header.Name}: {header.Value}"))} {Convert.ToHexString(Body)}";
    }
}

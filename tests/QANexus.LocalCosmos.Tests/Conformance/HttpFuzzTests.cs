using System.Text;
using CsCheck;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Tests.Authorization;
using QANexus.LocalCosmos.Tests.Batching;
using QANexus.LocalCosmos.Batching;

namespace QANexus.LocalCosmos.Tests.Conformance;

/// <summary>
/// Requests that no SDK sends, signed so that they get past the door. Each may be refused, none may be a failure of the server, and none
/// may keep the next one from being answered.
/// </summary>
public sealed class HttpFuzzTests
{
    private static readonly Gen<string> s_methods = Gen.Frequency(
        (4, Gen.Const("POST")), (4, Gen.Const("GET")), (2, Gen.Const("PUT")), (2, Gen.Const("PATCH")), (1, Gen.Const("DELETE")), (1, Gen.Const("OPTIONS")), (1, Gen.Const("HEAD")), (1, Gen.Const("FROB")));

    private static readonly Gen<string> s_noise = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.OneOf("", "*", "0", "-1", "999999999999999999999", "True", "null", "[]", "{}", "\"\"", "\"5\"", "\"99999999999999999999\"", "[{}]", "[\"t1\",\"s1\"]", "[\"t1\"]", "[1e999,1]", "[\"\\ud800\",1]", "FF", "1FFF", "zz", "0:-1#1", "0:-1#9999999", "0:", ":#", "0:1#", "Mon, 23 Nov 2026 07:13:12 GMT", "Incremental Feed", "Full-Fidelity Feed", "EffectivePartitionKeyRange", "return=minimal"));

    private static readonly Gen<string[]> s_paths = Gen.Frequency(
        (10, Gen.Const(new[] { "dbs", "db", "colls", "ev", "docs" })),
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

    private static readonly Gen<FuzzedRequest> s_requests = Gen.Select(
        s_methods, s_paths, s_plausible, s_headers.Array[0, 3], s_bodies,
        (method, path, plausible, headers, body) => new FuzzedRequest(method, path, [.. plausible, .. headers], body));

    [Fact]
    public async Task No_request_in_process_makes_the_server_fail() => await FuzzAsync(Transport.InProcess, rounds: 150);

    [Fact]
    public async Task No_request_on_a_port_makes_the_server_fail() => await FuzzAsync(Transport.Port, rounds: 30);

    private static async Task FuzzAsync(Transport transport, int rounds)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var client = cosmos.CreateHttpClient();
        await s_requests.Array[20].SampleAsync(
            async requests =>
            {
                // What an earlier round may have deleted.
                await cosmos.Client.CreateDatabaseIfNotExistsAsync("db");
                await cosmos.Client.GetDatabase("db").CreateContainerIfNotExistsAsync(
                    new Microsoft.Azure.Cosmos.ContainerProperties("ev", ["/tenantId", "/streamId"]));
                foreach (var request in requests)
                {
                    using var message = request.ToMessage(cosmos.Endpoint);
                    using var response = await client.SendAsync(message);
                    Assert.True((int)response.StatusCode < 500, $"{request} was answered with {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                }
            },
            iter: rounds, threads: 1, print: requests => string.Join('\n', requests.Select(request => request.ToString())));
        Assert.Equal("local", (await cosmos.Client.ReadAccountAsync()).Id);
    }

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

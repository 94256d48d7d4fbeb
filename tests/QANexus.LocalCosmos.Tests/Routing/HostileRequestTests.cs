using System.Security.Cryptography;
using System.Text;
using CsCheck;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Tests.Routing;

public sealed class HostileRequestTests
{
    private static readonly Gen<string> s_segment = Gen.OneOf(
        Gen.OneOf("dbs", "db", "colls", "flat", "streams", "docs", "1", "pkranges", "sprocs", "offers", "addresses", "", "nul\0", "..", "ä", "%"),
        Gen.String[0, 5]);

    private static readonly Gen<string[]> s_path = Gen.OneOf(
        Gen.OneOf(
            "dbs", "dbs/db", "dbs/db/colls", "dbs/db/colls/flat", "dbs/db/colls/flat/docs", "dbs/db/colls/streams/docs", "dbs/db/colls/flat/docs/1",
            "dbs/db/colls/flat/pkranges").Select(path => path.Split('/')),
        s_segment.Array[0, 7]);

    private static readonly Gen<(string Name, string Value)> s_header = Gen.Select(
        Gen.OneOf(
            CosmosHeaders.PartitionKey, CosmosHeaders.PartitionKeyRangeId, CosmosHeaders.IsQuery, CosmosHeaders.IsUpsert, CosmosHeaders.IsQueryPlanRequest,
            CosmosHeaders.IsBatchRequest, CosmosHeaders.BatchAtomic, CosmosHeaders.AIm, CosmosHeaders.IfMatch, CosmosHeaders.IfNoneMatch,
            CosmosHeaders.IfModifiedSince, CosmosHeaders.Continuation, CosmosHeaders.MaxItemCount, CosmosHeaders.SessionToken, CosmosHeaders.ReadKeyType,
            CosmosHeaders.StartEpk, CosmosHeaders.EndEpk, CosmosHeaders.OfferThroughput, CosmosHeaders.OfferAutopilot, CosmosHeaders.Prefer),
        Gen.OneOf(
            Gen.OneOf(
                "True", "[\"p\"]", "[\"t1\",\"s1\"]", "[\"t1\"]", "[{}]", "[]", "[[[", "0", "-1", "99999999999999999999", "Incremental Feed", "*", "\"1\"",
                "EffectivePartitionKeyRange", "FF", "", "1F", "0:-1#9999", "0:", "#", "{\"maxThroughput\":-5}", "Mon, 23 Nov 2026 07:13:12 GMT"),
            Gen.String[0, 20]));

    private static readonly Gen<byte[]> s_body = Gen.OneOf(
        Gen.OneOf(
            """{"id":"1","pk":"p"}""", """{"id":"1","tenant":"t1","stream":"s1"}""", """{"query":"SELECT * FROM c"}""", "", "{", "[]", "null",
            """{"query":"SELECT * FROM c ORDER BY c.n","resumeFilter":{"value":[1],"rid":"x"}}""", """{"query":7}""", """{"id":"x","partitionKey":{"paths":["/a"]}}""",
            """{"id":"x","partitionKey":{"paths":[7]},"indexingPolicy":[],"uniqueKeyPolicy":7}""", """{"id":"nul\u0000"}""",
            """{"operations":[{"op":"set","path":"/a","value":1}]}""", """{"operations":[{"op":"move","path":"/a"}],"condition":7}""",
            """{"operations":[{"op":"incr","path":"/a","value":1e308}],"condition":"FROM"}""").Select(Encoding.UTF8.GetBytes),
        Gen.Byte.Array[0, 60],
        Gen.Byte.Array[0, 60].Select(tail => (byte[])[0x81, 0xF0, 0xD8, 0xFF, 0x7F, 1, 10, 0, 0, 0, .. tail]));

    [Fact]
    public async Task No_request_makes_the_server_fail()
    {
        await using var account = await TestAccount.OpenAsync();
        await account.CreateFlatAsync();
        await account.CreateStreamsAsync(throughput: 20_000);
        IGateway gateway = account.Account;

        await Gen.Select(Gen.OneOf("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"), s_path, s_header.Array[0, 5], s_body).Where(IsHarmless).SampleAsync(
            async (method, path, headers, body) =>
            {
                var response = await gateway.HandleAsync(Sign(method, path, headers, body), CancellationToken.None);
                Assert.InRange(response.StatusCode, 200, 499);
            },
            iter: 3000, threads: 1);

        Assert.Empty(account.Failures);
    }

    // Without the containers all that follows would be "not found".
    private static bool IsHarmless((string Method, string[] Path, (string, string)[], byte[]) request) =>
        request.Method != "DELETE" || request.Path.Length > 4;

    private static GatewayRequest Sign(string method, string[] path, (string Name, string Value)[] headers, byte[] body)
    {
        const string Date = "mon, 23 nov 2026 07:13:12 gmt";
        var isFeed = path.Length % 2 == 1;
        var type = path.Length == 0 ? "" : path[isFeed ? ^1 : ^2];
        var link = string.Join('/', isFeed ? path[..^1] : path);
#pragma warning disable CA1308 // What is signed is lower case.
        var text = $"{method.ToLowerInvariant()}\n{type.ToLowerInvariant()}\n{link}\n{Date}\n\n";
#pragma warning restore CA1308
        var signature = HMACSHA256.HashData(Convert.FromBase64String(WellKnownKey.Value), Encoding.UTF8.GetBytes(text));
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [CosmosHeaders.Date] = Date,
            [CosmosHeaders.Authorization] = Uri.EscapeDataString($"type=master&ver=1.0&sig={Convert.ToBase64String(signature)}"),
        };
        foreach (var (name, value) in headers)
            all[name] = value;
        return new GatewayRequest(method, new RequestTarget(path, ""), LocalAccount.Endpoint, all, body);
    }
}

using System.Net;
using System.Text;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Batching;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Hosting;
using QANexus.LocalCosmos.ResourceIds;
using QANexus.LocalCosmos.Tests.Hosting;

namespace QANexus.LocalCosmos.Tests.Batching;

/// <summary>The codec against the bytes of the real client: what it sends is read, what is written it understands.</summary>
public sealed class SdkBatchTests
{
    private static readonly Uri s_account = new("http://localhost/");
    private static readonly PartitionKey s_key = new PartitionKeyBuilder().Add("t1").Add("s1").Build();

    private readonly List<BatchOperation> _received = [];
    private readonly List<string?> _keyHeaders = [];
    private Func<BatchOperation, BatchResult> _answer = _ => new BatchResult(201) { Etag = "\"1\"", Body = "{\"id\":\"x\"}"u8.ToArray(), RequestCharge = 6.15 };

    [Fact]
    public async Task Every_operation_of_a_transactional_batch_is_read_as_meant()
    {
        using var client = Client(bulk: false);
        var container = client.GetContainer("db", "ev");

        using var response = await container.CreateTransactionalBatch(s_key)
            .CreateItemStream(Utf8("{\"id\":\"a\"}"), new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false })
            .UpsertItemStream(Utf8("{\"id\":\"b\"}"), new TransactionalBatchItemRequestOptions { IfMatchEtag = "\"7\"", IndexingDirective = IndexingDirective.Exclude })
            .ReplaceItemStream("c ä", Utf8("{\"id\":\"c ä\"}"), new TransactionalBatchItemRequestOptions { IfMatchEtag = "\"8\"" })
            .ReadItem("d", new TransactionalBatchItemRequestOptions { IfNoneMatchEtag = "\"9\"" })
            .DeleteItem("e")
            .PatchItem("f", [PatchOperation.Increment("/n", 1)], new TransactionalBatchPatchItemRequestOptions { FilterPredicate = "FROM c WHERE c.n = 1" })
            .ExecuteAsync();

        Assert.Equal("[\"t1\",\"s1\"]", Assert.Single(_keyHeaders));
        Assert.Equal(
            [
                new BatchOperation(BatchOperationType.Create) { PrefersMinimalReturn = true },
                new BatchOperation(BatchOperationType.Upsert) { IfMatch = "\"7\"", IndexingDirective = "Exclude" },
                new BatchOperation(BatchOperationType.Replace) { Id = "c ä", IfMatch = "\"8\"" },
                new BatchOperation(BatchOperationType.Read) { Id = "d", IfNoneMatch = "\"9\"" },
                new BatchOperation(BatchOperationType.Delete) { Id = "e" },
                new BatchOperation(BatchOperationType.Patch) { Id = "f" },
            ],
            _received.Select(operation => operation with { Body = default }));
        Assert.Equal("{\"id\":\"c ä\"}", Encoding.UTF8.GetString(_received[2].Body.Span));
        Assert.Contains("FROM c WHERE c.n = 1", Encoding.UTF8.GetString(_received[5].Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_reaches_the_client_field_by_field()
    {
        using var client = Client(bulk: false);

        using var response = await client.GetContainer("db", "ev").CreateTransactionalBatch(s_key).CreateItemStream(Utf8("{\"id\":\"a\"}")).ExecuteAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.Created, response[0].StatusCode);
        Assert.Equal("\"1\"", response[0].ETag);
        using var reader = new StreamReader(response[0].ResourceStream);
        Assert.Equal("{\"id\":\"x\"}", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_failed_operation_reaches_the_client_with_its_reason()
    {
        _answer = operation => operation.Id == "b"
            ? new BatchResult(412) { Body = GatewayResponse.ErrorBody(412, "the condition is not met") }
            : new BatchResult(424);
        using var client = Client(bulk: false);

        using var response = await client.GetContainer("db", "ev").CreateTransactionalBatch(s_key).DeleteItem("a").DeleteItem("b").ExecuteAsync();

        Assert.Equal(HttpStatusCode.PreconditionFailed, response.StatusCode);
        Assert.Equal([HttpStatusCode.FailedDependency, HttpStatusCode.PreconditionFailed], response.Select(result => result.StatusCode));
        Assert.Contains("the condition is not met", response.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bulk_operations_bring_their_own_partition_keys()
    {
        using var client = Client(bulk: true);
        var container = client.GetContainer("db", "ev");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => container.ReadItemStreamAsync(
            $"id{i}", new PartitionKeyBuilder().Add($"t{i}").Add("s").Build(), requestOptions: null, CancellationToken.None)));

        Assert.All(_keyHeaders, Assert.Null);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => ($"id{i}", $"[\"t{i}\",\"s\"]")).Order(),
            _received.Select(operation => (operation.Id!, operation.PartitionKey!)).Order());
    }

    private CosmosClient Client(bool bulk) => new(s_account.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
    {
        ConnectionMode = ConnectionMode.Gateway,
        LimitToEndpoint = true,
        AllowBulkExecution = bulk,
        HttpClientFactory = () => new HttpClient(new InProcessHandler(new ScriptedGateway(Answer), s_account)),
    });

    private GatewayResponse Answer(GatewayRequest request)
    {
        var container = new ContainerRid(new DatabaseRid(1), 1);
        switch (request.Segments)
        {
            case []:
                return Json("""{"id":"local","userConsistencyPolicy":{"defaultConsistencyLevel":"Session"},"queryEngineConfiguration":"{}"}""");
            case ["dbs", _, "colls", _]:
                return Json($$$"""{"id":"ev","_rid":"{{{container}}}","partitionKey":{"paths":["/t","/s"],"kind":"MultiHash","version":2}}""");
            case [.., "pkranges"]:
                var response = request.Header(CosmosHeaders.IfNoneMatch) is null
                    ? Json($$"""{"_rid":"{{container}}","PartitionKeyRanges":[{"id":"0","minInclusive":"","maxExclusive":"FF"}]}""")
                    : GatewayResponse.Empty(304);
                response.Headers[CosmosHeaders.Etag] = "\"0\"";
                return response;
            default:
                Assert.True(request.Flag(CosmosHeaders.IsBatchRequest));
                lock (_received)
                {
                    _keyHeaders.Add(request.Header(CosmosHeaders.PartitionKey));
                    var operations = BatchRequestReader.Read(request.Body);
                    _received.AddRange(operations);
                    var results = operations.Select(_answer).ToList();
                    return GatewayResponse.Binary(results.Exists(result => result.StatusCode >= 400) ? 207 : 200, BatchResponseWriter.Write(results));
                }
        }
    }

    private static GatewayResponse Json(string text) => GatewayResponse.Json(200, Encoding.UTF8.GetBytes(text));

    private static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));
}

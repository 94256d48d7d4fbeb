using System.Net;
using System.Text;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Sql;
using QANexus.LocalCosmos.Tests.Authorization;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Querying;

public sealed class CancellationTests
{
    // Ten thousand million rows of one small document.
    private const string Endless =
        "SELECT VALUE COUNT(1) FROM c JOIN a IN c.t JOIN b IN c.t JOIN d IN c.t JOIN e IN c.t JOIN f IN c.t";

    private static readonly string s_document = $$"""{"id":"1","pk":"p","t":[{{string.Join(',', Enumerable.Range(0, 100))}}]}""";

    [Fact]
    public async Task A_query_ends_between_two_rows_of_one_document_when_nobody_waits_for_it()
    {
        using var cancellation = new CancellationTokenSource();
        var request = new QueryRequest(SqlQuery.Parse(Endless), null, 10, null, null) { Cancellation = cancellation.Token };
        using var started = new SemaphoreSlim(0);

        var query = Task.Run(() => QueryExecution.Execute(request, new AnnouncedSource(started), static _ => true));
        await started.WaitAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
    }

    [Fact]
    [Proves(Area.Queries, "a query whose client has gone ends")]
    public async Task A_query_whose_client_has_gone_ends_and_the_next_request_is_answered()
    {
        using var cancellation = new CancellationTokenSource();
        // The query asks for the time when it starts, and not before.
        var clock = new HookedClock();
        await using var account = LocalAccount.Open(new LocalAccountOptions { InMemory = true, TimeProvider = clock });
        using var client = new HttpClient(account.CreateHandler()) { BaseAddress = LocalAccount.Endpoint };
        Assert.Equal(HttpStatusCode.Created, await SendAsync(["dbs"], """{"id":"db"}"""));
        Assert.Equal(HttpStatusCode.Created, await SendAsync(["dbs", "db", "colls"], """{"id":"c","partitionKey":{"paths":["/pk"]}}"""));
        Assert.Equal(HttpStatusCode.Created, await SendAsync(["dbs", "db", "colls", "c", "docs"], s_document));

        clock.OnAsked = cancellation.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SendAsync(["dbs", "db", "colls", "c", "docs"], $$"""{"query":"{{Endless}}"}""", isQuery: true, cancellation.Token));
        clock.OnAsked = static () => { };

        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(["dbs", "db", "colls", "c", "docs"], s_document));

        async Task<HttpStatusCode> SendAsync(string[] segments, string body, bool isQuery = false, CancellationToken cancellationToken = default)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, string.Join('/', segments)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add(CosmosHeaders.Date, MasterKeyToken.Date);
            request.Headers.TryAddWithoutValidation(CosmosHeaders.Authorization, MasterKeyToken.ForNames("POST", segments));
            request.Headers.Add(CosmosHeaders.PartitionKey, "[\"p\"]");
            if (isQuery)
                request.Headers.Add(CosmosHeaders.IsQuery, "True");
            using var response = await client.SendAsync(request, cancellationToken);
            return response.StatusCode;
        }
    }

    private sealed class AnnouncedSource(SemaphoreSlim started) : IDocumentSource
    {
        public bool IsSingleLogicalPartition => true;

        public IEnumerable<SourceDocument> Scan(ScanRequest request)
        {
            started.Release();
            yield return new SourceDocument(1, "1", "AQEBAYAAAAEBAAAAAAAAAA==", Encoding.UTF8.GetBytes(s_document));
        }
    }

    private sealed class HookedClock : TimeProvider
    {
        public Action OnAsked { get; set; } = static () => { };

        public override DateTimeOffset GetUtcNow()
        {
            OnAsked();
            return DateTimeOffset.UnixEpoch.AddYears(50);
        }
    }
}

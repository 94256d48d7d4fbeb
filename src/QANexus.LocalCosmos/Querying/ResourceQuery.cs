using System.Globalization;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Querying;

/// <summary>Queries over databases or containers, which are the documents of their own feed.</summary>
internal sealed class ResourceQuery : IDocumentSource
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _resources;

    private ResourceQuery(IReadOnlyList<ReadOnlyMemory<byte>> resources) => _resources = resources;

    public bool IsSingleLogicalPartition => false;

    public static GatewayResponse Answer(GatewayRequest request, string owner, string name, IReadOnlyList<ReadOnlyMemory<byte>> resources)
    {
        var text = QueryText.Read(request);
        var continuation = request.Header(CosmosHeaders.Continuation);
        var page = QueryText.Run(() => QueryExecution.Execute(
            new QueryRequest(
                text.Query, text.Parameters, RequestOptions.PageSize(request), string.IsNullOrEmpty(continuation) ? null : continuation, text.ResumeFilter),
            new ResourceQuery(resources),
            static _ => true));
        var response = GatewayResponse.Json(200, JsonBody.WriteFeed(owner, name, page.Rows));
        response.Headers[CosmosHeaders.ItemCount] = page.Count.ToString(CultureInfo.InvariantCulture);
        if (page.Continuation is not null)
            response.Headers[CosmosHeaders.Continuation] = page.Continuation;
        return response;
    }

    public IEnumerable<SourceDocument> Scan(ScanRequest request) => _resources
        .Select((body, index) => new SourceDocument((ulong)index + 1, ItemBody.ReadId(body.Span), "", body))
        .Where(document => document.Number > request.AfterNumber);
}

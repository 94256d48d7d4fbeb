using System.Net;
using System.Text;

namespace QANexus.Benchmarks.LocalCosmos;

/// <summary>A page of 20 items out of 100 in a logical partition, ordered by a number, in one round trip as optimistic direct execution makes it.</summary>
public class OrderedQuery : OperationBenchmark
{
    private static readonly byte[] s_query = Encoding.UTF8.GetBytes("""{"query":"SELECT * FROM c WHERE c.number >= 0 ORDER BY c.number DESC"}""");

    private protected override SignedRequest Request { get; } = new(
        HttpMethod.Post, Items, Key, ("x-ms-documentdb-isquery", "True"), ("x-ms-max-item-count", "20"), ("x-ms-cosmos-query-optimisticdirectexecute", "True"));

    protected override HttpStatusCode Expected => HttpStatusCode.OK;

    protected override byte[] NextBody() => s_query;
}

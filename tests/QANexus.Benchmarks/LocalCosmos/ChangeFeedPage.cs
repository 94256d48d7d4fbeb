using System.Net;

namespace QANexus.Benchmarks.LocalCosmos;

/// <summary>A page of 20 changes in the middle of the change feed.</summary>
public class ChangeFeedPage : OperationBenchmark
{
    private protected override SignedRequest Request { get; } = new(
        HttpMethod.Get, Items, ("x-ms-documentdb-partitionkeyrangeid", "0"), ("A-IM", "Incremental Feed"), ("If-None-Match", "\"50\""), ("x-ms-max-item-count", "20"));

    protected override HttpStatusCode Expected => HttpStatusCode.OK;

    protected override byte[]? NextBody() => null;
}

using System.Net;

namespace QANexus.Benchmarks.LocalCosmos;

/// <summary>Reads an item of 1 KB.</summary>
public class PointRead : OperationBenchmark
{
    private protected override SignedRequest Request { get; } = new(HttpMethod.Get, [.. Items, "0000000042"], Key);

    protected override HttpStatusCode Expected => HttpStatusCode.OK;

    protected override byte[]? NextBody() => null;
}

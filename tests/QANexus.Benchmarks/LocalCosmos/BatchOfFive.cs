using System.Net;
using System.Text;

namespace QANexus.Benchmarks.LocalCosmos;

/// <summary>Creates five items of 1 KB in one transactional batch.</summary>
public class BatchOfFive : OperationBenchmark
{
    private protected override SignedRequest Request { get; } = new(
        HttpMethod.Post, Items, Key, ("x-ms-cosmos-is-batch-request", "True"), ("x-ms-cosmos-batch-atomic", "True"));

    protected override HttpStatusCode Expected => HttpStatusCode.OK;

    protected override byte[] NextBody()
    {
        var operations = Enumerable.Range(0, 5).Select(_ => $$"""{"operationType":"Create","resourceBody":{{Item(NextNumber())}}}""");
        return Encoding.UTF8.GetBytes($"[{string.Join(',', operations)}]");
    }
}

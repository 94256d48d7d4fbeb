using System.Net;
using System.Text;

namespace QANexus.Benchmarks.LocalCosmos;

/// <summary>Creates an item of 1 KB, and has it back in the answer.</summary>
public class Create : OperationBenchmark
{
    private protected override SignedRequest Request { get; } = new(HttpMethod.Post, Items, Key);

    protected override HttpStatusCode Expected => HttpStatusCode.Created;

    protected override byte[] NextBody() => Encoding.UTF8.GetBytes(Item(NextNumber()));
}

using CsCheck;
using QANexus.LocalCosmos.Batching;

namespace QANexus.LocalCosmos.Tests.Batching;

public sealed class BatchResponseWriterTests
{
    [Fact]
    public void Writes_the_documented_failed_dependency()
    {
        var response = BatchResponseWriter.Write([new BatchResult(424)]);

        Assert.Equal("81F0D8FF7F010A000000" + "81F1D8FF7F0E0000001BDA7390" + "817154E17F03A801000000000000", Convert.ToHexString(response));
    }

    [Fact]
    public void A_client_reads_back_what_was_written()
    {
        var results = Gen.Select(
            Gen.Int[200, 599], Gen.Int[0, 5300], Gen.String[Gen.Char['\u0020', '\u07FF'], 1, 200].Null(), Gen.Byte.Array[0, 20_000], Gen.UInt.Nullable(),
            Gen.Double[0, 1000].Nullable(),
            (status, sub, etag, body, retry, charge) => new BatchResult(status)
            {
                SubStatusCode = sub, Etag = etag, Body = body, RetryAfterMilliseconds = retry, RequestCharge = charge,
            });
        results.Array[1, 20].Sample(
            written => Assert.Equal(written.Select(Flat), BatchResponseBytes.Read(BatchResponseWriter.Write(written)).Select(Flat)), iter: 50);
    }

    private static string Flat(BatchResult result) => (result with { Body = default }) + Convert.ToHexString(result.Body.Span);
}

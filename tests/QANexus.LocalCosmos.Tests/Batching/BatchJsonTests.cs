using System.Text;
using System.Text.Json;
using CsCheck;
using QANexus.LocalCosmos.Batching;

namespace QANexus.LocalCosmos.Tests.Batching;

public sealed class BatchJsonTests
{
    [Fact]
    public void An_operation_keeps_every_part_and_the_bytes_of_its_body()
    {
        var operation = Assert.Single(Read("""
            [{"operationType":"Replace","id":"1","partitionKey":"[\"a\"]","ifMatch":"\"x\"","ifNoneMatch":"*","resourceBody":{"id":"1","n":1.0e2}}]
            """));

        Assert.Equal(
            (BatchOperationType.Replace, "1", "[\"a\"]", "\"x\"", "*", """{"id":"1","n":1.0e2}"""),
            (operation.Type, operation.Id, operation.PartitionKey, operation.IfMatch, operation.IfNoneMatch, Encoding.UTF8.GetString(operation.Body.Span)));
    }

    [Theory]
    [InlineData("[]", "no operations")]
    [InlineData("[1]", "is an object")]
    [InlineData("[{}]", "type none")]
    [InlineData("[{\"operationType\":\"Merge\"}]", "type Merge")]
    [InlineData("[{\"operationType\":\"Read\",\"id\":1}]", "'id'")]
    [InlineData("[{\"operationType\":\"Read\"}", "not JSON")]
    public void What_is_no_batch_is_refused_with_the_reason(string body, string reason)
    {
        var refusal = Assert.Throws<BatchFormatException>(() => Read(body));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_operations_are_read_and_one_more_is_refused()
    {
        static string Of(int count) => $"[{string.Join(',', Enumerable.Repeat("{\"operationType\":\"Read\",\"id\":\"1\"}", count))}]";

        Assert.Equal(100, Read(Of(100)).Count);
        Assert.Throws<BatchFormatException>(() => Read(Of(101)));
    }

    [Fact]
    public void Whatever_the_bytes_are_the_outcome_is_operations_or_a_refusal() =>
        Gen.String[Gen.Char["[]{}\":,operatinTypeRead1\\u0 "], 0, 60].Select(text => "[" + text).Sample(text =>
        {
            try
            {
                return Read(text).Count > 0;
            }
            catch (BatchFormatException)
            {
                return true;
            }
        });

    [Fact]
    public void Results_are_an_array_in_the_order_of_the_operations()
    {
        using var written = JsonDocument.Parse(BatchJson.Write(
        [
            new BatchResult(201) { Etag = "\"e\"", Body = Encoding.UTF8.GetBytes("""{"n":1.0}"""), RequestCharge = 6.5 },
            new BatchResult(429) { SubStatusCode = 3200, RetryAfterMilliseconds = 5 },
        ]));

        Assert.Equal(
            """[{"statusCode":201,"requestCharge":6.5,"eTag":"\u0022e\u0022","resourceBody":{"n":1.0}},{"statusCode":429,"subStatusCode":3200,"retryAfterMilliseconds":5}]""",
            written.RootElement.GetRawText());
    }

    private static IReadOnlyList<BatchOperation> Read(string body) => BatchJson.Read(Encoding.UTF8.GetBytes(body));
}

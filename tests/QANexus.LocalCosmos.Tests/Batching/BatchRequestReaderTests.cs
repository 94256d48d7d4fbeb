using System.Text;
using CsCheck;
using QANexus.LocalCosmos.Batching;

namespace QANexus.LocalCosmos.Tests.Batching;

public sealed class BatchRequestReaderTests
{
    private static readonly Gen<string?> s_text = Gen.OneOf(Gen.Const((string?)null), Gen.String[Gen.Char['\u0001', '\u07FF'], 1, 200].Select(s => (string?)s));

    private static readonly Gen<BatchOperation> s_operations = Gen.Select(
        Gen.Enum<BatchOperationType>(), s_text, s_text, Gen.Byte.Array[0, 300], s_text, s_text, Gen.Int.Nullable(), Gen.Bool,
        (type, key, id, body, ifMatch, directive, ttl, minimal) => new BatchOperation(type)
        {
            PartitionKey = key, Id = id, Body = body, IfMatch = ifMatch, IndexingDirective = directive, TimeToLiveSeconds = ttl, PrefersMinimalReturn = minimal,
        });

    [Fact]
    public void Reads_what_a_client_writes() =>
        s_operations.Array[1, 20].Sample(operations =>
        {
            var read = BatchRequestReader.Read(BatchRequestBytes.Write(operations));
            Assert.Equal(operations.Select(Flat), read.Select(Flat));
        });

    [Fact]
    public void Reads_the_documented_create()
    {
        var body = "{\"id\":\"1\"}"u8;
        byte[] row = [.. Convert.FromHexString("817054E17F430000000002000000"), (byte)body.Length, .. body];

        var operation = Assert.Single(BatchRequestReader.Read(BatchRequestBytes.Frame(row)));

        Assert.Equal(BatchOperationType.Create, operation.Type);
        Assert.Equal("{\"id\":\"1\"}", Encoding.UTF8.GetString(operation.Body.Span));
        Assert.Null(operation.Id);
        Assert.Null(operation.PartitionKey);
    }

    [Fact]
    public void Bytes_changed_cut_or_inserted_anywhere_are_refused_or_read_but_never_overrun() =>
        Gen.Select(s_operations.Array[1, 4], Gen.Int[0, 3], Gen.Int[0, int.MaxValue - 1], Gen.Byte).Sample(
            (operations, mutation, at, value) =>
            {
                var request = BatchRequestBytes.Write(operations);
                var position = at % request.Length;
                byte[] damaged = mutation switch
                {
                    0 => request[..position],
                    1 => [.. request[..position], value, .. request[position..]],
                    2 => [.. request[..position], .. request[(position + 1)..]],
                    _ => [.. request[..position], (byte)(request[position] ^ (value | 1)), .. request[(position + 1)..]],
                };
                Assert.True(IsReadOrRefused(damaged));
            },
            iter: 3000);

    [Fact]
    public void A_row_of_any_bytes_with_a_right_checksum_is_refused_or_read_but_never_overrun() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Bool).Sample(
            (bytes, hasHead) => IsReadOrRefused(BatchRequestBytes.Frame((byte[])[.. hasHead ? Convert.FromHexString("817054E17F") : [], .. bytes])), iter: 5000);

    [Fact]
    public void One_changed_byte_inside_a_record_never_passes_the_checksum() =>
        Gen.Select(s_operations, Gen.Int[0, int.MaxValue - 1], Gen.Byte[1, 255]).Sample((operation, at, change) =>
        {
            var request = BatchRequestBytes.Write(operation);
            var position = 23 + (at % (request.Length - 23));
            request[position] ^= change;
            Assert.Throws<BatchFormatException>(() => BatchRequestReader.Read(request));
        });

    [Theory]
    [InlineData("", "truncated")]
    [InlineData("7B7D", "record stream")]
    [InlineData("81F0D8FF7F010A000000", "no operations")]
    [InlineData("81F0D8FF7F020A000000", "segment header")]
    [InlineData("81F0D8FF7F010A00000081F1D8FF7FFFFFFF7F00000000", "truncated")]
    [InlineData("81F0D8FF7F010A00000081F1D8FF7FFFFFFFFF00000000", "truncated")]
    public void Framing_that_lies_is_refused(string hex, string reason) =>
        Assert.Contains(reason, Refusal(Convert.FromHexString(hex)), StringComparison.Ordinal);

    [Theory]
    [InlineData("817054E17F030300000002000000", "type 3")]
    [InlineData("817054E17F020000000002000000", "type none")]
    [InlineData("817054E17F030000000005000000", "documents only")]
    [InlineData("817054E17F230000000002000000", "Binary ids")]
    [InlineData("817054E17F430000000002000000FFFFFFFF7F", "too large")]
    [InlineData("817054E17F4300000000020000007F00", "truncated")]
    [InlineData("817054E17F13000000000200000001FF", "UTF-8")]
    [InlineData("817054E17F030000000002000000010D", "field 13")]
    [InlineData("817154E17F030000000002000000", "record stream")]
    public void Rows_that_lie_are_refused(string hex, string reason) =>
        Assert.Contains(reason, Refusal(BatchRequestBytes.Frame(Convert.FromHexString(hex))), StringComparison.Ordinal);

    [Fact]
    public void A_hundred_operations_are_read_and_one_more_is_refused()
    {
        var hundred = Enumerable.Repeat(new BatchOperation(BatchOperationType.Delete) { Id = "x" }, 100).ToArray();

        Assert.Equal(100, BatchRequestReader.Read(BatchRequestBytes.Write(hundred)).Count);
        Assert.Contains("more operations than what is supported", Refusal(BatchRequestBytes.Write([.. hundred, hundred[0]])), StringComparison.Ordinal);
    }

    private static string Refusal(byte[] request) => Assert.Throws<BatchFormatException>(() => BatchRequestReader.Read(request)).Message;

    private static bool IsReadOrRefused(byte[] request)
    {
        try
        {
            return BatchRequestReader.Read(request).Count > 0;
        }
        catch (BatchFormatException)
        {
            return true;
        }
    }

    private static string Flat(BatchOperation operation) => (operation with { Body = default }) + Convert.ToHexString(operation.Body.Span);
}

using System.IO.Hashing;
using System.Text;
using QANexus.LocalCosmos.Batching;

namespace QANexus.LocalCosmos.Tests.Batching;

/// <summary>The client's half of the codec for answers, written from the specification and not from the writer.</summary>
internal static class BatchResponseBytes
{
    public static IReadOnlyList<BatchResult> Read(byte[] response)
    {
        using var reader = new BinaryReader(new MemoryStream(response));
        Assert.Equal("81F0D8FF7F010A000000", Convert.ToHexString(reader.ReadBytes(10)));
        var results = new List<BatchResult>();
        while (reader.BaseStream.Position < response.Length)
        {
            Assert.Equal("81F1D8FF7F", Convert.ToHexString(reader.ReadBytes(5)));
            var length = reader.ReadInt32();
            var checksum = reader.ReadUInt32();
            var row = reader.ReadBytes(length);
            Assert.Equal(length, row.Length);
            Assert.Equal(Crc32.HashToUInt32(row), checksum);
            results.Add(ReadRow(row));
        }

        return results;
    }

    private static BatchResult ReadRow(byte[] row)
    {
        using var reader = new BinaryReader(new MemoryStream(row));
        Assert.Equal("817154E17F", Convert.ToHexString(reader.ReadBytes(5)));
        var present = reader.ReadByte();
        var result = new BatchResult(reader.ReadInt32()) { SubStatusCode = reader.ReadInt32() };
        if ((present & 4) != 0)
            result = result with { Etag = Encoding.UTF8.GetString(reader.ReadBytes(reader.Read7BitEncodedInt())) };
        if ((present & 8) != 0)
            result = result with { Body = reader.ReadBytes(reader.Read7BitEncodedInt()) };
        while (reader.BaseStream.Position < row.Length)
        {
            result = (reader.ReadByte(), reader.ReadByte()) switch
            {
                (11, 5) => result with { RetryAfterMilliseconds = reader.ReadUInt32() },
                (16, 6) => result with { RequestCharge = reader.ReadDouble() },
                var field => throw new Xunit.Sdk.XunitException($"Unknown field {field}."),
            };
        }

        return result;
    }
}

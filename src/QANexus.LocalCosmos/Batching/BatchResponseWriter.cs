using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace QANexus.LocalCosmos.Batching;

/// <summary>Writes the results of a batch, one record for each operation in the order of the request.</summary>
internal static class BatchResponseWriter
{
    public static byte[] Write(IReadOnlyList<BatchResult> results)
    {
        var stream = new ArrayBufferWriter<byte>();
        WriteHead(stream, RecordFormat.SegmentSchema);
        WriteByte(stream, 1);
        WriteInt32(stream, RecordFormat.SegmentHeaderLength);

        var row = new ArrayBufferWriter<byte>();
        foreach (var result in results)
        {
            row.ResetWrittenCount();
            WriteRow(row, result);
            WriteHead(stream, RecordFormat.RecordSchema);
            WriteInt32(stream, row.WrittenCount);
            WriteInt32(stream, (int)Crc32.HashToUInt32(row.WrittenSpan));
            stream.Write(row.WrittenSpan);
        }

        return stream.WrittenSpan.ToArray();
    }

    private static void WriteRow(ArrayBufferWriter<byte> row, BatchResult result)
    {
        var present = 0b0011 | (result.Etag is null ? 0 : 0b0100) | (result.Body.IsEmpty ? 0 : 0b1000);
        WriteHead(row, RecordFormat.ResultSchema);
        WriteByte(row, (byte)present);
        WriteInt32(row, result.StatusCode);
        WriteInt32(row, result.SubStatusCode);
        if (result.Etag is not null)
            WriteBinary(row, Encoding.UTF8.GetBytes(result.Etag));
        if (!result.Body.IsEmpty)
            WriteBinary(row, result.Body.Span);
        if (result.RetryAfterMilliseconds is { } retryAfter)
        {
            WriteByte(row, RecordFormat.Sparse.UInt32);
            WriteByte(row, 5);
            WriteInt32(row, (int)retryAfter);
        }

        if (result.RequestCharge is { } charge)
        {
            WriteByte(row, RecordFormat.Sparse.Float64);
            WriteByte(row, 6);
            BinaryPrimitives.WriteDoubleLittleEndian(row.GetSpan(sizeof(double)), charge);
            row.Advance(sizeof(double));
        }
    }

    private static void WriteHead(ArrayBufferWriter<byte> writer, int schema)
    {
        WriteByte(writer, RecordFormat.RowVersion);
        WriteInt32(writer, schema);
    }

    private static void WriteByte(ArrayBufferWriter<byte> writer, byte value)
    {
        writer.GetSpan(1)[0] = value;
        writer.Advance(1);
    }

    private static void WriteInt32(ArrayBufferWriter<byte> writer, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), value);
        writer.Advance(sizeof(int));
    }

    private static void WriteBinary(ArrayBufferWriter<byte> writer, ReadOnlySpan<byte> bytes)
    {
        var length = (uint)bytes.Length;
        for (; length >= 0x80; length >>= 7)
            WriteByte(writer, (byte)(length | 0x80));
        WriteByte(writer, (byte)length);
        writer.Write(bytes);
    }
}

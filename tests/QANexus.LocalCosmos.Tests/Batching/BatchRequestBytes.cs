using System.IO.Hashing;
using System.Text;
using QANexus.LocalCosmos.Batching;

namespace QANexus.LocalCosmos.Tests.Batching;

/// <summary>The client's half of the codec, written from the specification and not from the reader.</summary>
internal static class BatchRequestBytes
{
    public static byte[] Write(params IEnumerable<BatchOperation> operations) => Frame(operations.Select(Row));

    public static byte[] Frame(params IEnumerable<byte[]> rows)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write([0x81, 0xF0, 0xD8, 0xFF, 0x7F, 0x01, 0x0A, 0, 0, 0]);
        foreach (var row in rows)
        {
            writer.Write([0x81, 0xF1, 0xD8, 0xFF, 0x7F]);
            writer.Write(row.Length);
            writer.Write(Crc32.HashToUInt32(row));
            writer.Write(row);
        }

        return stream.ToArray();
    }

    public static byte[] Row(BatchOperation operation)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write([0x81, 0x70, 0x54, 0xE1, 0x7F]);
        writer.Write((byte)(3 | (operation.PartitionKey is null ? 0 : 4) | (operation.Id is null ? 0 : 16) | (operation.Body.IsEmpty ? 0 : 64)));
        writer.Write((int)operation.Type);
        writer.Write(2);
        if (operation.PartitionKey is not null)
            WriteText(writer, operation.PartitionKey);
        if (operation.Id is not null)
            WriteText(writer, operation.Id);
        if (!operation.Body.IsEmpty)
        {
            writer.Write7BitEncodedInt(operation.Body.Length);
            writer.Write(operation.Body.Span);
        }

        WriteSparseText(writer, 8, operation.IndexingDirective);
        WriteSparseText(writer, 9, operation.IfMatch);
        WriteSparseText(writer, 10, operation.IfNoneMatch);
        if (operation.TimeToLiveSeconds is { } seconds)
        {
            writer.Write([7, 11]);
            writer.Write(seconds);
        }

        if (operation.PrefersMinimalReturn)
            writer.Write([3, 12]);
        return stream.ToArray();
    }

    private static void WriteSparseText(BinaryWriter writer, byte path, string? text)
    {
        if (text is null)
            return;
        writer.Write([20, path]);
        WriteText(writer, text);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write7BitEncodedInt(Encoding.UTF8.GetByteCount(text));
        writer.Write(Encoding.UTF8.GetBytes(text));
    }
}

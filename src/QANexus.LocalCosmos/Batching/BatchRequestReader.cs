using System.IO.Hashing;

namespace QANexus.LocalCosmos.Batching;

/// <summary>
/// Reads the operations of a batch request. Whatever the bytes are, the outcome is operations or a <see cref="BatchFormatException"/>.
/// </summary>
internal static class BatchRequestReader
{
    /// <summary>The service's limit; the SDK leaves it to the server.</summary>
    public const int MaxOperations = 100;

    private const int DocumentResource = 2;

    public static IReadOnlyList<BatchOperation> Read(ReadOnlyMemory<byte> request)
    {
        var stream = new RowCursor(request);
        stream.Expect(RecordFormat.SegmentSchema);
        if (stream.ReadByte() != 1 || stream.ReadInt32() != RecordFormat.SegmentHeaderLength)
            throw new BatchFormatException("The batch request's segment header is not one.");

        var operations = new List<BatchOperation>();
        while (!stream.IsAtEnd)
        {
            if (operations.Count == MaxOperations)
                throw new BatchFormatException("Batch request has more operations than what is supported.");
            operations.Add(ReadOperation(ReadRecord(stream)));
        }

        return operations.Count > 0 ? operations : throw new BatchFormatException("The batch request has no operations.");
    }

    private static RowCursor ReadRecord(RowCursor stream)
    {
        stream.Expect(RecordFormat.RecordSchema);
        var length = stream.ReadInt32();
        var checksum = stream.ReadUInt32();
        var row = stream.Take(length);
        if (Crc32.HashToUInt32(row.Span) != checksum)
            throw new BatchFormatException("A record of the batch request does not match its checksum.");
        return new RowCursor(row);
    }

    private static BatchOperation ReadOperation(RowCursor row)
    {
        row.Expect(RecordFormat.OperationSchema);
        var present = row.ReadByte();
        bool Has(int bit) => (present & (1 << bit)) != 0;

        var type = row.ReadInt32();
        var resource = row.ReadInt32();
        if (!Has(0) || !Enum.IsDefined((BatchOperationType)type))
            throw new BatchFormatException($"The batch request has an operation of type {(Has(0) ? type : "none")}, which is not supported.");
        if (Has(1) && resource != DocumentResource)
            throw new BatchFormatException("A batch request works on documents only.");

        var operation = new BatchOperation((BatchOperationType)type);
        if (Has(2))
            operation = operation with { PartitionKey = row.ReadText() };
        // The hashed key is what the client thinks it is; the server hashes by itself.
        if (Has(3))
            row.ReadBinary();
        if (Has(4))
            operation = operation with { Id = row.ReadText() };
        if (Has(5))
            throw new BatchFormatException("Binary ids are not supported in a batch request.");
        if (Has(6))
            operation = operation with { Body = row.ReadBinary() };
        while (!row.IsAtEnd)
            operation = ReadSparseField(row, operation);
        return operation;
    }

    private static BatchOperation ReadSparseField(RowCursor row, BatchOperation operation) => (row.ReadByte(), row.ReadLength()) switch
    {
        (RecordFormat.Sparse.Utf8, 8) => operation with { IndexingDirective = row.ReadText() },
        (RecordFormat.Sparse.Utf8, 9) => operation with { IfMatch = row.ReadText() },
        (RecordFormat.Sparse.Utf8, 10) => operation with { IfNoneMatch = row.ReadText() },
        (RecordFormat.Sparse.Int32, 11) => operation with { TimeToLiveSeconds = row.ReadInt32() },
        (RecordFormat.Sparse.True, 12) => operation with { PrefersMinimalReturn = true },
        (RecordFormat.Sparse.False, 12) => operation with { PrefersMinimalReturn = false },
        var (type, path) => throw new BatchFormatException($"The batch request has a field {path} of type {type}, which is not known."),
    };
}

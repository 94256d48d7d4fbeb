using System.Text;

namespace QANexus.LocalCosmos.Storage;

/// <summary>A stored document.</summary>
/// <param name="Number">In order of creation.</param>
/// <param name="Id">The item's id, unique with its partition key.</param>
/// <param name="Revision">Of the last write; the ETag prints it.</param>
/// <param name="Lsn">Of the transaction of the last write.</param>
/// <param name="Timestamp">Of the last write, in seconds since 1970.</param>
/// <param name="TimeToLive">The document's own <c>ttl</c> in seconds, -1 for never, null for the container's.</param>
/// <param name="Size">Bytes without system properties, by which operations are charged.</param>
/// <param name="Body">Exactly what a read returns.</param>
internal sealed record DocumentRow(
    long Number, string Id, long Revision, long Lsn, long Timestamp, int? TimeToLive, int Size, byte[] Body)
{
    /// <summary>Reads a row of the columns that <see cref="DocumentStatements"/> selects.</summary>
    /// <exception cref="StoreException">The row is not as it was written.</exception>
    public static DocumentRow Read(Statement row)
    {
        var document = new DocumentRow(
            row.Integer(0), row.Text(2), row.Integer(3), row.Integer(4), row.Integer(5), (int?)row.OptionalInteger(6), (int)row.Integer(7), row.Blob(9));
        if (document.Checksum(row.BlobSpan(1), row.BlobSpan(2)) != row.Integer(8))
            throw row.Damaged($"document {document.Number} is not as it was written");
        return document;
    }

    /// <summary>What the checksum column is to say, of the document under its key.</summary>
    public long Checksum(ReadOnlySpan<byte> key) => Checksum(key, Encoding.UTF8.GetBytes(Id));

    /// <summary>Whether its time is over, in a container with the given default time to live (null switches expiry off, also for documents with a <c>ttl</c>).</summary>
    public bool IsExpired(int? defaultTimeToLive, long now) =>
        defaultTimeToLive is { } byDefault && (TimeToLive ?? byDefault) is >= 0 and var seconds && Timestamp + seconds <= now;

    private long Checksum(ReadOnlySpan<byte> key, ReadOnlySpan<byte> id) => RowChecksum.Of(Body)
        .And(key).And(id).And(Number).And(Revision).And(Lsn).And(Timestamp).And(TimeToLive).And((long)Size).Value;
}

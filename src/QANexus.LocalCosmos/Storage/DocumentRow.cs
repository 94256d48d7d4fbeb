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
    public static DocumentRow Read(Statement row) => new(
        row.Integer(0), row.Text(1), row.Integer(2), row.Integer(3), row.Integer(4), (int?)row.OptionalInteger(5), (int)row.Integer(6), row.Blob(7));

    /// <summary>Whether its time is over, in a container with the given default time to live (null switches expiry off, also for documents with a <c>ttl</c>).</summary>
    public bool IsExpired(int? defaultTimeToLive, long now) =>
        defaultTimeToLive is { } byDefault && (TimeToLive ?? byDefault) is >= 0 and var seconds && Timestamp + seconds <= now;
}

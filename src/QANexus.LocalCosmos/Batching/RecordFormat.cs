namespace QANexus.LocalCosmos.Batching;

/// <summary>
/// Numbers of the HybridRow record stream in which batches travel: a segment header, then for every record a header (length and CRC-32) and
/// the row. Little-endian throughout; lengths inside a row are 7-bit groups with a continuation bit.
/// </summary>
internal static class RecordFormat
{
    public const byte RowVersion = 0x81;

    public const int SegmentSchema = 2147473648;
    public const int RecordSchema = 2147473649;
    public const int OperationSchema = 2145473648;
    public const int ResultSchema = 2145473649;

    public const int SegmentHeaderLength = 10;
    public const int RecordHeaderLength = 13;

    /// <summary>Type codes of sparse fields, of which a row may have any number behind its fixed and variable ones.</summary>
    public static class Sparse
    {
        public const byte False = 2;
        public const byte True = 3;
        public const byte Int32 = 7;
        public const byte UInt32 = 11;
        public const byte Float64 = 16;
        public const byte Utf8 = 20;
    }
}

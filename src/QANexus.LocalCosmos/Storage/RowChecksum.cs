using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace QANexus.LocalCosmos.Storage;

/// <summary>
/// The checksum of a row over its columns, taken one after another and kept in a column of its own. A row that was changed by anything but this
/// server no longer agrees with it.
/// </summary>
internal readonly record struct RowChecksum(long Value)
{
    // A number that is not there must differ from every one that is.
    private const byte Missing = 0xFF;

    public static RowChecksum Of(ReadOnlySpan<byte> column) => new((long)XxHash3.HashToUInt64(column));

    /// <summary>The checksum of a number that changes while the rest of its row stays: of a container, or of one of its ranges.</summary>
    public static long OfCounter(ReadOnlySpan<byte> name, long container, long range, long value) => Of(name).And(container).And(range).And(value).Value;

    public RowChecksum And(ReadOnlySpan<byte> column) => new((long)XxHash3.HashToUInt64(column, Value));

    public RowChecksum And(string column) => And(Encoding.UTF8.GetBytes(column));

    public RowChecksum And(long column)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, column);
        return And(bytes);
    }

    public RowChecksum And(long? column) => column is { } number ? And(number) : And([Missing]);
}

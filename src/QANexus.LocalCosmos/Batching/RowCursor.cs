using System.Buffers.Binary;
using System.Text;

namespace QANexus.LocalCosmos.Batching;

/// <summary>Reads forward through a row and never past its end: every length is held against what is left before anything is taken.</summary>
internal sealed class RowCursor(ReadOnlyMemory<byte> row)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlyMemory<byte> _rest = row;

    public bool IsAtEnd => _rest.IsEmpty;

    public ReadOnlyMemory<byte> Take(int length)
    {
        if ((uint)length > (uint)_rest.Length)
            throw new BatchFormatException("The batch request is truncated, or a length in it is wrong.");
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    public byte ReadByte() => Take(1).Span[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span);

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)).Span);

    public ReadOnlyMemory<byte> ReadBinary() => Take(ReadLength());

    public string ReadText()
    {
        try
        {
            return s_strict.GetString(ReadBinary().Span);
        }
        catch (DecoderFallbackException)
        {
            throw new BatchFormatException("A text in the batch request is not UTF-8.");
        }
    }

    /// <summary>A row starts with its version and schema.</summary>
    public void Expect(int schema)
    {
        if (ReadByte() != RecordFormat.RowVersion || ReadInt32() != schema)
            throw new BatchFormatException("The batch request is not a HybridRow record stream of batch operations.");
    }

    /// <summary>A length in 7-bit groups. More than four groups cannot be the length of anything that fits a request.</summary>
    public int ReadLength()
    {
        var value = 0;
        for (var shift = 0; shift <= 21; shift += 7)
        {
            var group = ReadByte();
            value |= (group & 0x7F) << shift;
            if (group < 0x80)
                return value;
        }

        throw new BatchFormatException("A length in the batch request is too large.");
    }
}

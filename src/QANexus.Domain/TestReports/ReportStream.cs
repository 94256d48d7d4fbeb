using System.Security.Cryptography;

namespace QANexus.Domain.TestReports;

/// <summary>The bytes of a report on their way to the XML reader, whose memory they must not fill.</summary>
/// <remarks>
/// The reader holds a whole tag in memory, and a whole CDATA section too. So what it may take in one step is limited, and a long section comes
/// to it as several: a seam every 64 KB changes no text. Control characters that tools write as they are, terminal colours above all,
/// would make it give up: they come as question marks. Both need an encoding that keeps ASCII as it is, which UTF-16 does not, nor ISO-2022-JP.
/// The digest is taken of the bytes as they are.
/// </remarks>
internal sealed class ReportStream(Stream content, int maxStepBytes, IncrementalHash? hash) : Stream
{
    private const int SeamEvery = 64 * 1024;

    private readonly byte[] input = new byte[16 * 1024];
    private MarkupScanner scanner;
    private int position;
    private int length;
    private int seam = Seam.Length;
    private int sinceSeam;
    private readonly int mostInAStep = maxStepBytes;
    private int left = maxStepBytes;
    private bool? keepsAscii;

    /// <summary>Whether the reader wanted more in one step than it may take.</summary>
    public bool IsExceeded { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private static ReadOnlySpan<byte> Seam => "]]><![CDATA["u8;

    /// <summary>The reader has handed something over and may take as much again.</summary>
    public void Renew() => left = mostInAStep;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Check();
        if (position == length && seam == Seam.Length)
        {
            Fill(await content.ReadAsync(input, cancellationToken));
        }

        return Copy(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>The reader looks at the first bytes without waiting for them, when it is made.</summary>
    public override int Read(Span<byte> buffer)
    {
        Check();
        if (position == length && seam == Seam.Length)
        {
            Fill(content.Read(input));
        }

        return Copy(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static bool IsForbidden(byte value) => value is > 0 and < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r');

    private void Check()
    {
        if (left <= 0)
        {
            IsExceeded = true;
            throw new IOException("The step takes more than it may.");
        }
    }

    private void Fill(int count)
    {
        (position, length) = (0, count);
        hash?.AppendData(input, 0, count);

        // UTF-16 and UTF-32 begin with a mark or with "<" and a zero on one of its sides.
        keepsAscii ??= count < 2 || !(input[0] is 0 or 0xFE or 0xFF || input[1] == 0 || DeclaresShifts(input.AsSpan(0, count)));
    }

    /// <summary>Whether the XML declaration names an encoding in which an escape gives the ASCII bytes behind it another meaning: ISO-2022-JP and its like.</summary>
    private static bool DeclaresShifts(ReadOnlySpan<byte> beginning)
    {
        var end = beginning.StartsWith("<?xml"u8) ? beginning.IndexOf((byte)'>') : -1;
        return end > 0 && beginning[..end].IndexOf("2022"u8) >= 0;
    }

    private int Copy(Span<byte> buffer)
    {
        buffer = buffer[..Math.Min(buffer.Length, left)];
        var copied = keepsAscii == true ? CopyScanned(buffer) : CopyPlain(buffer);
        left -= copied;
        return copied;
    }

    private int CopyPlain(Span<byte> buffer)
    {
        var copied = Math.Min(buffer.Length, length - position);
        input.AsSpan(position, copied).CopyTo(buffer);
        position += copied;
        return copied;
    }

    private int CopyScanned(Span<byte> buffer)
    {
        var copied = 0;
        while (copied < buffer.Length)
        {
            if (seam < Seam.Length)
            {
                buffer[copied++] = Seam[seam++];
            }
            else if (position == length)
            {
                break;
            }
            else if (sinceSeam >= SeamEvery && input[position] == '\n' && scanner.IsInCharacterData)
            {
                // Before a line feed: no encoding that keeps ASCII has one inside a character.
                (seam, sinceSeam) = (0, 0);
            }
            else
            {
                copied += CopyStretch(buffer[copied..]);
            }
        }

        return copied;
    }

    /// <summary>What changes nothing at one go, and one byte that may.</summary>
    private int CopyStretch(Span<byte> buffer)
    {
        var available = input.AsSpan(position, Math.Min(length - position, buffer.Length));
        var passed = scanner.Pass(available, atLines: sinceSeam >= SeamEvery);
        available[..passed].CopyTo(buffer);
        if (passed < available.Length && !(available[passed] == '\n' && scanner.IsInCharacterData))
        {
            scanner.Advance(available[passed]);
            buffer[passed] = IsForbidden(available[passed]) ? (byte)'?' : available[passed];
            passed++;
        }

        position += passed;
        sinceSeam = scanner.IsInCharacterData ? sinceSeam + passed : 0;
        return passed;
    }
}

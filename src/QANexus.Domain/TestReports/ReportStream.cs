using System.Security.Cryptography;
using System.Text;

namespace QANexus.Domain.TestReports;

/// <summary>The bytes of a report on their way to the XML reader, whose memory they must not fill.</summary>
/// <remarks>
/// The reader holds a whole tag in memory, and a whole CDATA section too. So what it may take in one step is limited, and a long section comes
/// to it as several: a seam every 64 KB changes no text, and needs no end of a line. Control characters that tools write as they are, terminal colours above all,
/// would make it give up: they come as question marks. Both need an encoding that keeps ASCII as it is, which UTF-16 does not, nor ISO-2022-JP.
/// The digest is taken of the bytes as they are.
/// </remarks>
internal sealed class ReportStream(Stream content, int maxStepBytes, IncrementalHash? hash) : Stream
{
    private const int SeamEvery = 64 * 1024;

    private static readonly string[] SimpleEncodings = ["utf-8", "us-ascii", "iso-8859-", "windows-125"];

    private readonly byte[] input = new byte[16 * 1024];
    private MarkupScanner scanner;
    private int position;
    private int length;
    private int seam = Seam.Length;
    private int sinceSeam;
    private readonly int mostInAStep = maxStepBytes;
    private int left = maxStepBytes;
    private bool? keepsAscii;
    private bool cutsAnywhere;

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

    /// <summary>
    /// Whether a character may begin with the byte. Where it is known that the encoding has one byte a character, or is UTF-8, any but UTF-8's later bytes;
    /// of the others none has what comes before the digits inside a character.
    /// </summary>
    private bool MayBegin(byte next) => cutsAnywhere ? (next & 0xC0) != 0x80 : next < (byte)'0';

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
        if (keepsAscii is null)
        {
            var declaration = DeclarationIn(input.AsSpan(0, count));
            keepsAscii = count < 2 || !(input[0] is 0 or 0xFE or 0xFF || input[1] == 0 || DeclaresShifts(declaration));
            cutsAnywhere = DeclaresSimple(declaration);
        }
    }

    private static ReadOnlySpan<byte> DeclarationIn(ReadOnlySpan<byte> beginning)
    {
        var text = beginning.StartsWith("\uFEFF"u8) ? beginning["\uFEFF"u8.Length..] : beginning;
        var end = text.StartsWith("<?xml"u8) ? text.IndexOf((byte)'>') : -1;
        return end > 0 ? text[..end] : [];
    }

    /// <summary>Whether the XML declaration names an encoding in which an escape gives the ASCII bytes behind it another meaning: ISO-2022-JP and its like.</summary>
    private static bool DeclaresShifts(ReadOnlySpan<byte> declaration) => declaration.IndexOf("2022"u8) >= 0;

    /// <summary>Whether it names UTF-8, which is meant where it names none, or an encoding of one byte a character.</summary>
    private static bool DeclaresSimple(ReadOnlySpan<byte> declaration)
    {
        var named = Encoding.ASCII.GetString(declaration);
        return !named.Contains("encoding", StringComparison.Ordinal)
            || SimpleEncodings.Any(name => named.Contains(name, StringComparison.OrdinalIgnoreCase));
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
            else if (sinceSeam >= SeamEvery && scanner.MayCutCharacterData && MayBegin(input[position]))
            {
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
        var most = scanner.IsInCharacterData ? Math.Max(SeamEvery - sinceSeam, 1) : int.MaxValue;
        var available = input.AsSpan(position, Math.Min(Math.Min(length - position, buffer.Length), most));
        var passed = scanner.Pass(available);
        available[..passed].CopyTo(buffer);
        if (passed < available.Length)
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

using System.Runtime.CompilerServices;

namespace QANexus.LocalHost.Importing;

/// <summary>Reads lines of bytes, holding no more of a file than its longest permitted line.</summary>
internal sealed class LineReader(Stream source, int maxLineBytes)
{
    private const int FirstBufferBytes = 64 * 1024;

    private byte[] buffer = new byte[FirstBufferBytes];
    private int start;
    private int end;

    public async IAsyncEnumerable<TextLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 1L;
        var skipped = 0L;
        var scanned = 0;
        while (true)
        {
            var length = buffer.AsSpan(start + scanned, end - start - scanned).IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += scanned;
                yield return Take(number++, length, lineBreak: 1, skipped);
                (skipped, scanned) = (0, 0);
                continue;
            }

            if (end - start > maxLineBytes)
            {
                skipped += end - start;
                start = end;
            }

            scanned = end - start;
            if (await FillAsync(cancellationToken) == 0)
            {
                break;
            }
        }

        if (end > start || skipped > 0)
        {
            yield return Take(number, end - start, lineBreak: 0, skipped);
        }
    }

    private TextLine Take(long number, int length, int lineBreak, long skipped)
    {
        var fileBytes = skipped + length + lineBreak;
        var text = Trim(buffer.AsSpan(start, length), isFirst: number == 1);
        var line = skipped > 0 || text.Length > maxLineBytes
            ? new TextLine(number, default, fileBytes, IsTooLong: true)
            : new TextLine(number, text.ToArray(), fileBytes);
        start += length + lineBreak;
        return line;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text, bool isFirst)
    {
        if (isFirst && text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        return text is [.., (byte)'\r'] ? text[..^1] : text;
    }

    private async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = await source.ReadAsync(buffer.AsMemory(end), cancellationToken);
        end += read;
        return read;
    }
}

using System.Text;
using CsCheck;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Tests.Importing;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\nb", new[] { "a", "b" })]
    [InlineData("a\r\nb\r\n", new[] { "a", "b" })]
    [InlineData("\n\na", new[] { "", "", "a" })]
    [InlineData("\uFEFFa\n\uFEFFb", new[] { "a", "\uFEFFb" })]
    [InlineData("12345678\n123456789\n1", new[] { "12345678", "(too long)", "1" })]
    [InlineData("123456789012345678901234567890", new[] { "(too long)" })]
    public async Task Lines_end_where_they_end_whatever_the_reads_bring(string text, string[] expected)
    {
        for (var piece = 1; piece <= 5; piece++)
        {
            var lines = await ReadAsync(Encoding.UTF8.GetBytes(text), piece, maxLineBytes: 8);

            Assert.Equal(expected, lines.Select(static line => line.IsTooLong ? "(too long)" : Encoding.UTF8.GetString(line.Utf8.Span)));
            Assert.Equal(Encoding.UTF8.GetByteCount(text), lines.Sum(static line => line.FileBytes));
            Assert.Equal(Enumerable.Range(1, lines.Count).Select(static number => (long)number), lines.Select(static line => line.Number));
        }
    }

    [Fact]
    public async Task A_line_far_longer_than_permitted_is_skipped_without_being_held()
    {
        using var file = new EndlessLine(100 * 1024 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var line = Assert.Single(await new LineReader(file, maxLineBytes: 100_000).ReadAsync(CancellationToken.None).ToListAsync());

        Assert.True(line.IsTooLong);
        Assert.Equal(100 * 1024 * 1024, line.FileBytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Whatever_the_lines_they_come_back_as_they_were()
    {
        Gen.Select(Gen.Char["ab\r é"].Array[0, 40].Select(static text => new string(text)).List[1, 30], Gen.Int[1, 100]).Sample(
            static (lines, piece) =>
            {
                var read = ReadAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), piece, maxLineBytes: 1000).GetAwaiter().GetResult();
                return read.Select(static line => Encoding.UTF8.GetString(line.Utf8.Span))
                    .SequenceEqual(lines.Select(static line => line.EndsWith('\r') ? line[..^1] : line));
            },
            iter: 500);
    }

    private static async Task<List<TextLine>> ReadAsync(byte[] bytes, int piece, int maxLineBytes)
    {
        using var source = new Trickle(bytes, piece);
        return await new LineReader(source, maxLineBytes).ReadAsync(CancellationToken.None).ToListAsync();
    }

    /// <summary>Gives a few bytes a read.</summary>
    private sealed class Trickle(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }

    private sealed class EndlessLine(long length) : MemoryStream
    {
        private long left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(left, buffer.Length);
            buffer.Span[..count].Fill((byte)'x');
            left -= count;
            return ValueTask.FromResult(count);
        }
    }
}

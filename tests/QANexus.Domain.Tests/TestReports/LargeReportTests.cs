using System.Text;
using QANexus.Domain.TestReports;

namespace QANexus.Domain.Tests.TestReports;

/// <summary>Alone, for what others allocate at the same time would be taken for the parser's.</summary>
[CollectionDefinition(nameof(LargeReportTests), DisableParallelization = true)]
[Collection(nameof(LargeReportTests))]
public sealed class LargeReportTests
{
    private const long Size = 100L * 1024 * 1024;

    private static readonly string Output = string.Concat(Enumerable.Repeat("a line of output, as long as lines of output are, and <b>as useful</b>\n", 100_000)).Replace("<", "&lt;", StringComparison.Ordinal);

    [Fact]
    public async Task A_report_of_100_MB_is_read_in_bounded_memory()
    {
        using var content = new RepeatedStream(
            "<testsuites name='large'><testsuite name='s'>",
            $"<testcase name='t' classname='C' time='0.001'/><testcase name='u'><failure message='no'>{Output}</failure><system-out><![CDATA[{Output}]]></system-out></testcase>",
            "</testsuite></testsuites>",
            Size);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var report = await TestReport.ReadAsync(content, TestReportLimits.Default, CancellationToken.None);
        var first = await report.ReadTestsAsync(CancellationToken.None).Take(4).ToListAsync();

        Assert.True(content.Length >= Size);
        Assert.Equal(report.Totals.Total, report.Totals.Failed * 2);
        Assert.Equal([null, "no", null, "no"], first.Select(static test => test.Message));
        Assert.InRange(content.PeakMemory - before, long.MinValue, 4 * 1024 * 1024);
    }

    /// <summary>A seekable stream of any length that is nowhere in memory.</summary>
    private sealed class RepeatedStream : Stream
    {
        private readonly byte[] head;
        private readonly byte[] body;
        private readonly byte[] tail;
        private readonly long repeats;
        private long measuredAt;

        public RepeatedStream(string head, string body, string tail, long atLeast)
        {
            (this.head, this.body, this.tail) = (Encoding.UTF8.GetBytes(head), Encoding.UTF8.GetBytes(body), Encoding.UTF8.GetBytes(tail));
            repeats = (atLeast / this.body.Length) + 1;
        }


        public long PeakMemory { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => head.Length + (repeats * body.Length) + tail.Length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            // What is alive, not what has been allocated: collected every 16 MB, so that garbage does not count.
            if (Position - measuredAt >= 16 * 1024 * 1024 || Position < measuredAt)
            {
                measuredAt = Position;
                PeakMemory = Math.Max(PeakMemory, GC.GetTotalMemory(forceFullCollection: true));
            }

            var (part, start) = Position < head.Length ? (head, Position)
                : Position < Length - tail.Length ? (body, (Position - head.Length) % body.Length)
                : (tail, Position - (Length - tail.Length));
            var copied = part.AsSpan((int)start);
            copied = copied[..Math.Min(copied.Length, buffer.Length)];
            copied.CopyTo(buffer);
            Position += copied.Length;
            return copied.Length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

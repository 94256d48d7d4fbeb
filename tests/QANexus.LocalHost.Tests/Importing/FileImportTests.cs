using System.Text;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Tests.Importing;

public sealed class FileImportTests
{
    private const int WindowLines = 10;

    [Fact]
    public async Task No_more_of_the_file_is_read_than_the_window_holds()
    {
        var answered = 0;
        using var host = new FakeEventHost
        {
            Script = async _ =>
            {
                await Task.Yield();
                Interlocked.Increment(ref answered);
                return null;
            },
        };
        using var file = new LineByLine(lines: 2_000, () => Volatile.Read(ref answered));

        var (brokenOff, counts, _) = await ImportAsync(file, host);

        Assert.Null(brokenOff);
        Assert.Equal(2_000, counts.Appended);
        Assert.InRange(file.MaxAhead, WindowLines / 2, WindowLines + 1);
    }

    [Fact]
    public async Task A_file_that_breaks_in_the_middle_ends_the_import_and_says_so()
    {
        using var host = new FakeEventHost();
        using var file = new LineByLine(lines: 20, static () => 0, failAt: 5);

        var (brokenOff, counts, journal) = await ImportAsync(file, host);

        Assert.Equal("the file cannot be read any further (The disk is gone.)", brokenOff);
        Assert.Equal(4, counts.Appended + counts.NotAttempted + counts.Failed);
        Assert.Equal(counts.Failed, journal.Lines.Count);
    }

    [Fact]
    public async Task A_failure_that_nobody_foresaw_ends_the_import_instead_of_hanging_it()
    {
        using var host = new FakeEventHost { Script = static _ => throw new NotSupportedException("A defect.") };
        using var file = new LineByLine(lines: 100, static () => 0);

        await Assert.ThrowsAsync<NotSupportedException>(() => ImportAsync(file, host));
    }

    private static async Task<(string? BrokenOff, ImportCounts Counts, Journal Journal)> ImportAsync(Stream file, FakeEventHost host)
    {
        using var http = new HttpClient(host, disposeHandler: false) { BaseAddress = new Uri("http://localhost:7071/") };
        var time = new ImpatientTime();
        var (tally, journal) = (new ImportTally(), new Journal());
        using var import = new FileImport(
            new AppendClient(http, new RetryPolicy(), time), new ImportLimits { WindowLines = WindowLines }, tally, journal, time);
        return (await import.RunAsync(file, concurrency: 4, CancellationToken.None), tally.Counts, journal);
    }

    private sealed class Journal : IImportJournal
    {
        public List<string> Lines { get; } = [];

        public void LineFailed(long line, string reason)
        {
            lock (Lines)
            {
                Lines.Add(reason);
            }
        }

        public void LineNotAttempted(long line, string reason) => LineFailed(line, reason);
    }

    /// <summary>Gives one line a read, each of a stream of its own, and notes how far it is ahead of the answers.</summary>
    private sealed class LineByLine(int lines, Func<int> answered, int? failAt = null) : MemoryStream
    {
        private int given;

        public int MaxAhead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (given == lines)
            {
                return ValueTask.FromResult(0);
            }

            if (++given == failAt)
            {
                throw new IOException("The disk is gone.");
            }

            MaxAhead = Math.Max(MaxAhead, given - answered());
            return ValueTask.FromResult(Encoding.UTF8.GetBytes(ImportFixture.Line($"s{given}", 1) + "\n", buffer.Span));
        }
    }
}

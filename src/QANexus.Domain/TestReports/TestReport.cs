using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace QANexus.Domain.TestReports;

/// <summary>
/// A test report that has been read to its end once and found whole: its format, what it adds up to, and the key that its content gives it.
/// The tests themselves come in a second reading, one by one, so that a report of any length takes the same memory.
/// </summary>
public sealed class TestReport
{
    private readonly Stream content;
    private readonly TestReportLimits limits;
    private readonly ReportHeader header;

    private TestReport(Stream content, TestReportLimits limits, ReportHeader header, TestReportFormat format, TestReportTotals totals, string contentKey)
    {
        (this.content, this.limits, this.header) = (content, limits, header);
        (Format, Totals, ContentKey) = (format, totals, contentKey);
    }

    public TestReportFormat Format { get; }

    public TestReportTotals Totals { get; }

    /// <summary>SHA-256 of the bytes in lower-case hexadecimal: the same content is the same run.</summary>
    public string ContentKey { get; }

    /// <summary>What the report calls its run; nothing where it has no name.</summary>
    public string? Name => header.Name;

    /// <summary>When the run began, where the report says so.</summary>
    public DateTimeOffset? StartedAt => header.StartedAt;

    /// <summary>The report says of itself that its run broke off: tests may be missing.</summary>
    public bool IsAborted => header.IsAborted;

    /// <summary>Reads <paramref name="content"/> from its beginning to its end and checks all of it.</summary>
    /// <param name="content">Seekable; it must neither change nor be closed while the report is in use.</param>
    /// <param name="limits">What a report may be made of.</param>
    /// <exception cref="TestReportException">It is no report, not a whole one, or beyond a limit.</exception>
    public static async Task<TestReport> ReadAsync(Stream content, TestReportLimits limits, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (header, totals) = (new ReportHeader(new(StringComparer.OrdinalIgnoreCase)), TestReportTotals.None);
        content.Position = 0;
        using var xml = new ReportXml(new ReportStream(content, limits.MaxMarkupBytes, hash), limits, cancellationToken);
        await xml.MoveToRootAsync();
        var format = FormatOf(xml);
        await foreach (var test in ReadTests(format, xml, header, cancellationToken))
        {
            totals = totals.Total < limits.MaxTests ? totals.With(test) : throw xml.Fail($"more than {limits.MaxTests} tests");
        }

        return new TestReport(content, limits, header, format, totals, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The tests in the order of the report. Two readings at once would share the stream and are not allowed.</summary>
    public async IAsyncEnumerable<ReportedTest> ReadTestsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        content.Position = 0;
        using var xml = new ReportXml(new ReportStream(content, limits.MaxMarkupBytes, hash: null), limits, cancellationToken);
        await xml.MoveToRootAsync();
        await foreach (var test in ReadTests(Format, xml, new ReportHeader(header.Classes), cancellationToken))
        {
            yield return test;
        }
    }

    private static TestReportFormat FormatOf(ReportXml xml) =>
        JunitReader.IsRoot(xml.LocalName) ? TestReportFormat.Junit
        : TrxReader.IsRoot(xml.LocalName) ? TestReportFormat.Trx
        : throw xml.Fail($"'{ReportText.Keep(xml.LocalName, 40)}' is neither JUnit XML (testsuites, testsuite) nor TRX (TestRun)");

    private static IAsyncEnumerable<ReportedTest> ReadTests(TestReportFormat format, ReportXml xml, ReportHeader header, CancellationToken cancellationToken) =>
        format == TestReportFormat.Trx
            ? TrxReader.ReadAsync(xml, header, new TestCaseIds(), cancellationToken)
            : JunitReader.ReadAsync(xml, header, new TestCaseIds(), cancellationToken);
}

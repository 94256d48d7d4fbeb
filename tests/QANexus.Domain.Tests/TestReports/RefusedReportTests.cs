using System.Text;
using CsCheck;
using QANexus.Domain.TestReports;

namespace QANexus.Domain.Tests.TestReports;

/// <summary>What is no report is refused with the place, and nothing that a file holds makes reading crash or hang.</summary>
public sealed class RefusedReportTests
{
    private const string Sample = """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="all"><!-- c --><testsuite name="s" timestamp="2026-01-01T00:00:00Z" time="1">
        <properties><property name="p" value="v"/></properties>
        <testcase name="t&amp;" classname="C" time="0.5"><failure message="m">a &lt; b<![CDATA[x]]></failure><system-out>o</system-out></testcase>
        <testcase name="u"><flakyFailure/></testcase></testsuite></testsuites>
        """;

    private const string Trx = """
        <?xml version="1.0" encoding="utf-8"?><TestRun id="1" name="n" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
        <Times start="2026-01-01T00:00:00Z"/><Results><UnitTestResult testId="a" testName="t" outcome="Failed" duration="00:00:01.5">
        <Output><ErrorInfo><Message>m</Message></ErrorInfo></Output><InnerResults><UnitTestResult testId="a" testName="i" outcome="Passed"/></InnerResults>
        </UnitTestResult></Results><TestDefinitions><UnitTest id="a"><TestMethod className="C"/></UnitTest></TestDefinitions></TestRun>
        """;

    [Theory]
    [InlineData("", 1, "no")]
    [InlineData("not xml", 1, "not well-formed XML")]
    [InlineData("{\"tests\":[]}", 1, "not well-formed XML")]
    [InlineData("<assemblies/>", 1, "'assemblies' is neither JUnit XML")]
    [InlineData("<html>\n<body>", 1, "'html' is neither JUnit XML")]
    [InlineData("<testsuite>\n<testcase name='t'>\n<failure>", 3, "not well-formed XML")]
    [InlineData("<testsuite>\n<testcase name='t'", 2, "not well-formed XML")]
    [InlineData("<testsuite>\n</testsuites>", 2, "not well-formed XML")]
    [InlineData("<testsuite/>\n<testsuite/>", 2, "not well-formed XML")]
    [InlineData("<testsuite>\n&undefined;</testsuite>", 2, "not well-formed XML")]
    [InlineData("<!DOCTYPE testsuite [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>\n<testsuite>&a;</testsuite>", 1, "DTD")]
    [InlineData("<!DOCTYPE t [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>\n<testsuite>&c;</testsuite>", 1, "DTD")]
    [InlineData("<?xml version='1.0' encoding='no-such-encoding'?>\n<testsuite/>", 1, "not well-formed XML")]
    [InlineData("<?xml version='1.0' encoding='utf-7'?>\n<testsuite/>", 1, "not well-formed XML")]
    [InlineData("<?xml version='1.0' encoding='utf-16'?>\n<testsuite/>", 1, "not well-formed XML")]
    public async Task What_is_no_report_is_refused_where_it_is_wrong(string report, int line, string problem)
    {
        var refusal = await Assert.ThrowsAsync<TestReportException>(() => Read(Encoding.UTF8.GetBytes(report)));

        Assert.Equal(line, refusal.Line);
        Assert.Contains(problem, refusal.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("XmlReaderSettings", refusal.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_of_the_encoding_are_refused_where_they_are()
    {
        byte[] report = [.. "<testsuite>\n<testcase name='"u8, 0xFC, .. "'/></testsuite>"u8];

        Assert.Equal(2, (await Assert.ThrowsAsync<TestReportException>(() => Read(report))).Line);
    }

    [Fact]
    public async Task A_report_beyond_a_limit_is_refused_by_its_name()
    {
        var limits = TestReportLimits.Default with { MaxTests = 2, MaxDepth = 5, MaxNames = 30, MaxMarkupBytes = 100_000 };

        Assert.Contains("more than 2 tests", await Refusal("<testsuite><testcase/><testcase/><testcase/></testsuite>"), StringComparison.Ordinal);
        Assert.Contains("more than 5 elements within one another", await Refusal($"<testsuite>{string.Concat(Enumerable.Repeat("<testsuite>", 6))}"), StringComparison.Ordinal);
        Assert.Contains("more than 30 different names", await Refusal($"<testsuite>{string.Concat(Enumerable.Range(0, 40).Select(static n => $"<e{n}/>"))}</testsuite>"), StringComparison.Ordinal);
        Assert.Contains("longer than 100000 bytes", await Refusal($"<testsuite name='{new string('x', 1_000_000)}'/>"), StringComparison.Ordinal);

        async Task<string> Refusal(string report) =>
            (await Assert.ThrowsAsync<TestReportException>(() => Read(Encoding.UTF8.GetBytes(report), limits))).Problem;
    }

    [Fact]
    public async Task Every_truncation_of_a_report_is_refused_or_the_whole()
    {
        foreach (var whole in new[] { Sample, Trx })
        {
            var bytes = Encoding.UTF8.GetBytes(whole);
            for (var length = 0; length < bytes.Length; length++)
            {
                await Assert.ThrowsAsync<TestReportException>(() => Read(bytes[..length]));
            }

            await Read(bytes);
        }
    }

    [Fact]
    public Task Flipped_and_cut_bytes_are_read_or_refused_and_never_anything_else() =>
        Gen.Select(Gen.Bool, Gen.Select(Gen.Int[0, 600], Gen.Byte).Array[1, 8], Gen.Int[0, 700]).SampleAsync(async (junit, flips, length) =>
        {
            var bytes = Encoding.UTF8.GetBytes(junit ? Sample : Trx);
            foreach (var (place, value) in flips)
            {
                bytes[place % bytes.Length] = value;
            }

            try
            {
                await Read(bytes[..Math.Min(length, bytes.Length)]);
            }
            catch (TestReportException refusal)
            {
                Assert.True(refusal.Line >= 1 && refusal.Column >= 1);
            }
        }, iter: 4_000);

    [Fact]
    public async Task A_cancelled_reading_ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(Sample));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestReport.ReadAsync(content, TestReportLimits.Default, cancelled.Token));
    }

    private static async Task Read(byte[] report, TestReportLimits? limits = null)
    {
        using var content = new MemoryStream(report);
        var read = await TestReport.ReadAsync(content, limits ?? TestReportLimits.Default, CancellationToken.None);
        Assert.Equal(read.Totals.Total, await read.ReadTestsAsync(CancellationToken.None).CountAsync());
    }
}

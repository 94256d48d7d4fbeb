using System.Text;
using QANexus.Domain.TestReports;

namespace QANexus.Domain.Tests.TestReports;

public sealed class TestReportTests
{
    [Fact]
    public async Task Suites_are_read_in_any_depth_with_or_without_a_root()
    {
        var (report, tests) = await Read("""
            <testsuite name="outer" timestamp="2026-11-23T10:00:00+02:00">
              <testcase name="a" classname="A" time="0.5"/>
              <testsuite name="inner"><testsuite/><testcase name="b" class="B"/></testsuite>
              <testcase name="c"/>
            </testsuite>
            """);

        Assert.Equal(("outer", TestReportFormat.Junit), (report.Name, report.Format));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), report.StartedAt);
        Assert.Equal([("outer", "A", "a"), ("inner", "B", "b"), ("outer", null, "c")], tests.Select(static test => (test.Suite, test.ClassName, test.Name)));
        Assert.Equal([TimeSpan.FromMilliseconds(500), null, null], tests.Select(static test => test.Duration));
    }

    [Theory]
    [InlineData("""<testcase name="t"/>""", ReportedOutcome.Passed, null)]
    [InlineData("""<testcase name="t"><system-out>words</system-out><properties><property name="failure"/></properties></testcase>""", ReportedOutcome.Passed, null)]
    [InlineData("""<testcase name="t"><failure message="m" type="T">trace</failure></testcase>""", ReportedOutcome.Failed, "m")]
    [InlineData("""<testcase name="t"><failure type="T"/></testcase>""", ReportedOutcome.Failed, "T")]
    [InlineData("<testcase name='t'><failure>\n\n  first line\n at second</failure></testcase>", ReportedOutcome.Failed, "first line")]
    [InlineData("""<testcase name="t"><error message="e"/></testcase>""", ReportedOutcome.Errored, "e")]
    [InlineData("""<testcase name="t"><failure message="f"/><error message="e"/><failure message="g"/></testcase>""", ReportedOutcome.Errored, "e")]
    [InlineData("""<testcase name="t"><failure message="f"/><failure message="g"/></testcase>""", ReportedOutcome.Failed, "f")]
    [InlineData("""<testcase name="t"><skipped/></testcase>""", ReportedOutcome.Skipped, null)]
    [InlineData("""<testcase name="t"><skipped message="s"/><failure message="f"/></testcase>""", ReportedOutcome.Failed, "f")]
    [InlineData("""<testcase name="t" status="notrun"/>""", ReportedOutcome.Skipped, null)]
    [InlineData("""<testcase name="t" status="run" result="suppressed"/>""", ReportedOutcome.Skipped, null)]
    [InlineData("""<testcase name="t" status="failed"/>""", ReportedOutcome.Failed, null)]
    [InlineData("""<testcase name="t" status="failed"><error message="e"/></testcase>""", ReportedOutcome.Errored, "e")]
    public async Task A_case_ended_as_what_is_in_it_says(string testcase, ReportedOutcome outcome, string? message)
    {
        var (_, tests) = await Read($"<testsuites><testsuite name='s'>{testcase}</testsuite></testsuites>");

        Assert.Equal((outcome, message), (Assert.Single(tests).Outcome, tests[0].Message));
    }

    [Theory]
    [InlineData("""<flakyFailure message="x"><stackTrace>t</stackTrace></flakyFailure><flakyError/>""", ReportedOutcome.Passed, 3, true)]
    [InlineData("""<failure message="x"/><rerunFailure message="y"/>""", ReportedOutcome.Failed, 2, false)]
    [InlineData("""<error message="x"/><rerunError/><rerunFailure/>""", ReportedOutcome.Errored, 3, false)]
    [InlineData("<rerun message='once'/>", ReportedOutcome.Passed, 2, true)]
    public async Task Repeats_are_counted_as_attempts_of_one_test(string inside, ReportedOutcome outcome, int attempts, bool flaky)
    {
        var (report, tests) = await Read($"<testsuite name='s'><testcase name='t'>{inside}</testcase></testsuite>");

        Assert.Equal((outcome, attempts, flaky), (Assert.Single(tests).Outcome, tests[0].Attempts, tests[0].IsFlaky));
        Assert.Equal((1, flaky ? 1 : 0), (report.Totals.Total, report.Totals.Flaky));
    }

    [Theory]
    [InlineData("1.5", 15_000_000L)]
    [InlineData("0", 0L)]
    [InlineData("0.00000004", 0L)]
    [InlineData("0.00000005", 1L)]
    [InlineData("1.5e-3", 15_000L)]
    [InlineData("1,234.5", 12_345_000_000L)]
    [InlineData("1,234,567.5", 12_345_675_000_000L)]
    [InlineData("1,234,567", 12_345_670_000_000L)]
    [InlineData("0,25", 2_500_000L)]
    [InlineData(" 2 ", 20_000_000L)]
    [InlineData("-1", null)]
    [InlineData("", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    [InlineData("1e300", null)]
    [InlineData("99999999999", null)]
    [InlineData("1m 3s", null)]
    public async Task A_time_that_is_none_is_no_time_and_no_error(string time, long? ticks)
    {
        var (report, tests) = await Read($"<testsuite><testcase name='t' time='{time}'/></testsuite>");

        Assert.Equal(ticks, Assert.Single(tests).Duration?.Ticks);
        Assert.Equal(ticks ?? 0, report.Totals.Duration.Ticks);
    }

    [Fact]
    public async Task Equal_names_are_tests_of_their_own_and_ids_are_the_same_in_every_report()
    {
        var (_, first) = await Read("<testsuite name='s'><testcase name='t'/><testcase name='t'/><testcase name='u'/></testsuite>");
        var (_, again) = await Read("<testsuites><testsuite name='s'><testcase name='u'><failure/></testcase><testcase name='t'/></testsuite></testsuites>");
        var (_, other) = await Read("<testsuite name='s2'><testcase name='t'/></testsuite>");

        Assert.Equal(3, first.DistinctBy(static test => test.TestCaseId).Count());
        Assert.Equal($"{first[0].TestCaseId}-2", first[1].TestCaseId);
        Assert.Equal([first[2].TestCaseId, first[0].TestCaseId], again.Select(static test => test.TestCaseId));
        Assert.NotEqual(first[0].TestCaseId, other[0].TestCaseId);
    }

    [Fact]
    public async Task A_case_without_a_name_is_called_by_its_class_or_suite()
    {
        var (_, tests) = await Read("<testsuite name='s'><testcase name='' classname='C'/><testcase/><error message='set-up'/></testsuite>");
        var (_, bare) = await Read("<testsuite><testcase/></testsuite>");

        Assert.Equal(["C", "s", "s"], tests.Select(static test => test.Name));
        Assert.Equal(ReportedOutcome.Errored, tests[2].Outcome);
        Assert.Equal("(no name)", Assert.Single(bare).Name);
    }

    [Fact]
    public async Task Terminal_colours_and_broken_characters_are_read_and_made_fit_to_keep()
    {
        var (_, tests) = await Read("<testsuite><testcase name='a&#x1b;b&#xD800;c'><failure>\u001b[31mred&#x0;</failure></testcase></testsuite>");

        Assert.Equal(("a\u001bb\uFFFDc", "?[31mred\uFFFD"), (Assert.Single(tests).Name, tests[0].Message));
    }

    [Fact]
    public async Task Long_texts_are_cut_and_never_inside_a_character()
    {
        var limits = TestReportLimits.Default with { MaxNameLength = 4, MaxMessageLength = 5, MaxDetailsLength = 6 };
        var (_, tests) = await Read("<testsuite><testcase name='abc\U0001F600d'><failure message='0123456789'>0123456789</failure></testcase></testsuite>", limits);

        Assert.Equal(("abc", "01234", "012345"), (Assert.Single(tests).Name, tests[0].Message, tests[0].Details));
    }

    [Theory]
    [InlineData("Passed", ReportedOutcome.Passed)]
    [InlineData("Failed", ReportedOutcome.Failed)]
    [InlineData("NotExecuted", ReportedOutcome.Skipped)]
    [InlineData("Inconclusive", ReportedOutcome.Skipped)]
    [InlineData("Timeout", ReportedOutcome.Errored)]
    [InlineData("Error", ReportedOutcome.Errored)]
    [InlineData("", ReportedOutcome.Errored)]
    [InlineData("Marvellous", ReportedOutcome.Errored)]
    public async Task What_trx_does_not_call_passed_is_no_pass(string outcome, ReportedOutcome expected)
    {
        var (_, tests) = await Read($"<TestRun xmlns='http://microsoft.com/schemas/VisualStudio/TeamTest/2010'><Results><UnitTestResult testName='t' outcome='{outcome}'/></Results></TestRun>");

        Assert.Equal(expected, Assert.Single(tests).Outcome);
    }

    [Theory]
    [InlineData("00:00:01.5", 1_500)]
    [InlineData(" 00:01:00 ", 60_000)]
    [InlineData("1.01:00:00", 90_000_000)]
    [InlineData("25:00:00", null)]
    [InlineData("10:30", null)]
    [InlineData("5", null)]
    [InlineData("1:00:00:00", null)]
    [InlineData("00:00:61", null)]
    [InlineData("-00:00:01", null)]
    [InlineData("366.00:00:00", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    public async Task A_duration_of_TRX_is_what_it_says_or_nothing(string duration, int? milliseconds)
    {
        var (_, tests) = await Read($"""<TestRun><Results><UnitTestResult testName="t" outcome="Passed" duration="{duration}"/></Results></TestRun>""");

        Assert.Equal(milliseconds, Assert.Single(tests).Duration?.TotalMilliseconds);
    }

    [Fact]
    public async Task The_rows_of_a_data_driven_test_are_the_tests_and_their_sum_is_none()
    {
        var (report, tests) = await Read("""
            <TestRun name="run" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results>
                <UnitTestResult testId="1" testName="Rows" outcome="Failed" duration="00:00:03">
                  <Output><ErrorInfo><Message>sum</Message></ErrorInfo></Output>
                  <InnerResults>
                    <UnitTestResult testId="1" testName="Rows (1)" outcome="Passed" duration="00:00:01"/>
                    <UnitTestResult testId="1" testName="Rows (2)" outcome="Failed" startTime="2026-01-01T00:00:00Z" endTime="2026-01-01T00:00:02Z">
                      <Output><StdOut>words</StdOut><ErrorInfo><Message>no</Message><StackTrace>at x</StackTrace></ErrorInfo></Output>
                    </UnitTestResult>
                  </InnerResults>
                </UnitTestResult>
              </Results>
              <TestDefinitions><UnitTest id="1"><TestMethod className="N.C, A, Version=1.0.0.0" name="Rows"/></UnitTest></TestDefinitions>
              <ResultSummary outcome="Aborted"><Output><StdOut>x</StdOut></Output></ResultSummary>
            </TestRun>
            """);

        Assert.Equal((2, 1, 1, TimeSpan.FromSeconds(3)), (report.Totals.Total, report.Totals.Passed, report.Totals.Failed, report.Totals.Duration));
        Assert.Equal([("N.C", "Rows (1)", null), ("N.C", "Rows (2)", "no")], tests.Select(static test => (test.ClassName, test.Name, test.Message)));
        Assert.Equal("at x", tests[1].Details);
        Assert.True(report.IsAborted);
    }

    /// <summary>That is how VSTest reports a test host that crashed: an error of the run, which no test stands for.</summary>
    [Theory]
    [InlineData("Failed", "Passed", true)]
    [InlineData("Failed", "Failed", false)]
    [InlineData("Failed", "Timeout", false)]
    [InlineData("Completed", "Passed", false)]
    public async Task A_run_that_failed_although_no_test_did_broke_off(string run, string test, bool brokeOff)
    {
        var (report, _) = await Read($"""
            <TestRun name="run" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results><UnitTestResult testName="a" outcome="Passed"/><UnitTestResult testName="b" outcome="{test}"></UnitTestResult></Results>
              <ResultSummary outcome="{run}"><RunInfos><RunInfo outcome="Error"><Text>Test host process crashed</Text></RunInfo></RunInfos></ResultSummary>
            </TestRun>
            """);

        Assert.Equal(brokeOff, report.IsAborted);
    }

    [Fact]
    public async Task Equal_bytes_have_one_key_and_a_space_more_is_another_content()
    {
        var (one, _) = await Read("<testsuite/>");
        var (same, _) = await Read("<testsuite/>");
        var (other, _) = await Read("<testsuite/> ");

        Assert.Equal(one.ContentKey, same.ContentKey);
        Assert.NotEqual(one.ContentKey, other.ContentKey);
        Assert.Equal(64, one.ContentKey.Length);
    }

    [Theory]
    [InlineData("windows-1252", 0xFC, "ü")]
    [InlineData("ISO-8859-1", 0xFC, "ü")]
    [InlineData("windows-1251", 0xE4, "д")]
    public async Task The_declared_encoding_is_honoured(string encoding, byte character, string read)
    {
        byte[] report = [.. Encoding.ASCII.GetBytes($"<?xml version='1.0' encoding='{encoding}'?><testsuite><testcase name='"), character, .. "'/></testsuite>"u8];

        var (_, tests) = await Read(report);

        Assert.Equal(read, Assert.Single(tests).Name);
    }

    [Fact]
    public async Task A_long_section_of_character_data_is_read_as_it_is()
    {
        var lines = string.Concat(Enumerable.Range(0, 40_000).Select(static line => $"{line} ]] <b> & ü\n"));
        var (_, tests) = await Read($"<testsuite><!-- <![CDATA[ --><testcase name=\"a'&gt;\"><failure><![CDATA[{lines}]]></failure></testcase></testsuite>",
            TestReportLimits.Default with { MaxDetailsLength = 2_000_000, MaxMarkupBytes = 300_000 });

        Assert.Equal(lines.TrimEnd(), Assert.Single(tests).Details);
    }

    [Theory]
    [InlineData("utf-8", "eyJhbGciOiJIUzI1NiJ9")]
    [InlineData("utf-8", "\u677e\U0001F680")]
    [InlineData("utf-8", "a ]] >]]")]
    [InlineData("iso-8859-1", "\u00e9\u00fc")]
    [InlineData("shift_jis", "\u8868 \u30bd,")]
    [InlineData("utf-8", "a line\r\n")]
    public async Task A_long_section_needs_no_line_feed_to_be_read_as_it_is(string encoding, string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 2_000_000 / part.Length)) + "end";
        var report = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);

        var (_, tests) = await Read(
            report.GetBytes($"<?xml version='1.0' encoding='{encoding}'?><testsuite><testcase name='a'><failure><![CDATA[{text}]]></failure></testcase></testsuite>"),
            TestReportLimits.Default with { MaxDetailsLength = 3_000_000, MaxMarkupBytes = 300_000 });

        Assert.Equal(text.ReplaceLineEndings("\n"), Assert.Single(tests).Details);
    }

    /// <summary>Between escapes, the two characters are the bytes of <c>&lt;+&gt;&gt;</c>.</summary>
    [Fact]
    public async Task An_encoding_that_shifts_is_read_as_it_is()
    {
        var report = CodePagesEncodingProvider.Instance.GetEncoding("iso-2022-jp")!.GetBytes(
            "<?xml version='1.0' encoding='iso-2022-jp'?><testsuite><testcase name='自松'/><testcase name='b'><failure>松</failure></testcase></testsuite>");

        var (_, tests) = await Read(report);

        Assert.Equal([("自松", null), ("b", "松")], tests.Select(static test => (test.Name, test.Details)));
    }

    [Fact]
    public async Task Utf_16_is_read_with_its_mark()
    {
        byte[] report = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("<?xml version='1.0' encoding='utf-16'?><testsuite><testcase name='ü'/></testsuite>")];

        Assert.Equal("ü", Assert.Single((await Read(report)).Tests).Name);
    }

    private static Task<(TestReport Report, List<ReportedTest> Tests)> Read(string report, TestReportLimits? limits = null) => Read(Encoding.UTF8.GetBytes(report), limits);

    private static async Task<(TestReport Report, List<ReportedTest> Tests)> Read(byte[] report, TestReportLimits? limits = null)
    {
        using var content = new MemoryStream(report);
        var read = await TestReport.ReadAsync(content, limits ?? TestReportLimits.Default, CancellationToken.None);
        var tests = await read.ReadTestsAsync(CancellationToken.None).ToListAsync();
        Assert.Equal(read.Totals, tests.Aggregate(TestReportTotals.None, static (totals, test) => totals.With(test)));
        return (read, tests);
    }
}

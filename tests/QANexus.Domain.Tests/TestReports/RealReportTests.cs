using QANexus.Domain.TestReports;
using QANexus.Domain.Words;
using QANexus.Testing.TestReports;

namespace QANexus.Domain.Tests.TestReports;

/// <summary>The expected figures come from another reader, in another language: no number here is this parser's own.</summary>
public sealed class RealReportTests
{
    [SkippableTheory]
    [InlineData("dotnet-trx.trx", "Michal@DORNY-PC 2021-04-20 08:31:33", 11, 5, 5, 0, 1, 0, 1180096, "7e11ef9a")]
    [InlineData("dotnet-xunitv3.trx", "@Asterix 2025-06-22 14:17:12.022", 4, 1, 3, 0, 0, 0, 179331, "3454d242")]
    [InlineData("empty-dotnet-trx.trx", "...", 0, 0, 0, 0, 0, 0, 0, "2c5a8522")]
    [InlineData("empty-java-junit.xml", "org.apache.pulsar.AddMissingPatchVersionTest", 0, 0, 0, 0, 0, 0, 0, "556d957a")]
    [InlineData("empty-jest-junit.xml", "jest tests", 0, 0, 0, 0, 0, 0, 0, "9623762f")]
    [InlineData("empty-phpunit-empty.xml", "", 0, 0, 0, 0, 0, 0, 0, "5f963f93")]
    [InlineData("external-FluentValidation.Tests.trx", "Michal@DORNY-PC 2021-01-28 21:34:14", 804, 803, 0, 0, 1, 0, 31956823, "f90ca6a4")]
    [InlineData("external-SilentNotes.trx", "Michal@DORNY-PC 2021-04-20 21:20:35", 79, 67, 0, 0, 12, 0, 4460035, "6d1b34f1")]
    [InlineData("java-junit4-complete.xml", "Test run", 8, 5, 1, 1, 1, 0, 160826870, "0ea765e9")]
    [InlineData("java-pulsar-test-report.xml", "", 808, 793, 1, 0, 14, 0, 21265310000, "a581436f")]
    [InlineData("jenkins-TEST-io.olamy.FlakyTest.xml", "io.olamy.FlakyTest", 1, 1, 0, 0, 0, 1, 10000, "1223898b")]
    [InlineData("jenkins-junit-report-1463.xml", "WLI-FI-Tests-Fake", 6, 6, 0, 0, 0, 0, 14260000000, "26f71597")]
    [InlineData("jenkins-junit-report-1472.xml", "make test", 2653, 2652, 1, 0, 0, 0, 0, "77fe0627")]
    [InlineData("jenkins-junit-report-20090516.xml", "", 8, 5, 0, 3, 0, 0, 143670000, "aaaef898")]
    [InlineData("jenkins-junit-report-bad-duration.xml", "DummyTest", 2, 2, 0, 0, 0, 0, 1000000000, "84df4dac")]
    [InlineData("jenkins-junit-report-empty-testcasename.xml", "test.TestJUnit5FailingInBeforeAll", 1, 0, 1, 0, 0, 0, 160000, "fac0b8fa")]
    [InlineData("jenkins-junit-report-nested-testsuites.xml", "Automated Tests", 3, 2, 0, 1, 0, 0, 60000, "9d44a1b9")]
    [InlineData("jest-jest-test-results.xml", "jest tests", 4239, 4207, 2, 0, 30, 0, 5925880000, "be316310")]
    [InlineData("jest-junit.xml", "jest tests", 6, 1, 4, 0, 1, 0, 70000, "e2734426")]
    [InlineData("phpunit-phpcheckstyle-phpunit.xml", "/workspace/phpcheckstyle/phpunit.xml", 30, 28, 2, 0, 0, 0, 414780, "fde772ae")]
    [InlineData("python-xunit-pytest.xml", "pytest tests", 10, 6, 2, 0, 2, 0, 70000, "4b6b5775")]
    [InlineData("swift-xunit.xml", "TestResults", 3, 2, 1, 0, 0, 0, 2204773, "7359c930")]
    public async Task Every_real_report_adds_up(
        string file, string name, int total, int passed, int failed, int errored, int skipped, int flaky, long ticks, string contentKey)
    {
        await using var content = RealReport.Open(file);

        var report = await TestReport.ReadAsync(content, TestReportLimits.Default, CancellationToken.None);
        var tests = await report.ReadTestsAsync(CancellationToken.None).ToListAsync();

        Assert.Equal(new TestReportTotals(total, passed, failed, errored, skipped, flaky, TimeSpan.FromTicks(ticks)), report.Totals);
        Assert.Equal(report.Totals, tests.Aggregate(TestReportTotals.None, static (totals, test) => totals.With(test)));
        Assert.Equal(name, report.Name ?? string.Empty);
        Assert.StartsWith(contentKey, report.ContentKey, StringComparison.Ordinal);
        Assert.Equal(total, tests.DistinctBy(static test => test.TestCaseId).Count());
        Assert.All(tests, static test => Assert.False(string.IsNullOrWhiteSpace(test.Name)));
        Assert.All(tests, static test => Assert.True(
            test.Outcome is ReportedOutcome.Passed or ReportedOutcome.Skipped || test.Message is not null || test.Details is null));
    }

    [SkippableFact]
    public async Task A_report_with_external_entities_is_refused_before_its_first_element()
    {
        await using var content = RealReport.Open("jenkins-testXxe-xxe.xml");

        var refusal = await Assert.ThrowsAsync<TestReportException>(() => TestReport.ReadAsync(content, TestReportLimits.Default, CancellationToken.None));

        Assert.Contains("DTD", refusal.Problem, StringComparison.Ordinal);
        Assert.InRange(refusal.Line, 1, 2);
    }

    [SkippableFact]
    public void Every_file_at_hand_is_expected()
    {
        Skip.If(ReportFiles.Folder is null, ReportFiles.Missing);
        var expected = typeof(RealReportTests).GetMethod(nameof(Every_real_report_adds_up))!.GetCustomAttributesData()
            .Where(static data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(static data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!)
            .Append("jenkins-testXxe-xxe.xml");

        Assert.Equal(Directory.GetFiles(ReportFiles.Folder!).Select(Path.GetFileName).Order(StringComparer.Ordinal), expected.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task A_flaky_test_says_how_often_it_was_tried()
    {
        await using var content = RealReport.Open("jenkins-TEST-io.olamy.FlakyTest.xml");
        var report = await TestReport.ReadAsync(content, TestReportLimits.Default, CancellationToken.None);

        var test = await report.ReadTestsAsync(CancellationToken.None).SingleAsync();

        Assert.Equal((ReportedOutcome.Passed, 3, true), (test.Outcome, test.Attempts, test.IsFlaky));
    }

    [SkippableFact]
    public async Task Results_of_trx_carry_the_class_that_is_defined_behind_them()
    {
        await using var content = RealReport.Open("external-FluentValidation.Tests.trx");
        var report = await TestReport.ReadAsync(content, TestReportLimits.Default, CancellationToken.None);

        Assert.Equal(TestReportFormat.Trx, report.Format);
        Assert.Equal("TRX", Word.Of(report.Format));
        Assert.Equal(new DateTimeOffset(2021, 1, 28, 20, 34, 12, TimeSpan.Zero).AddTicks(8947623), report.StartedAt);
        Assert.All(await report.ReadTestsAsync(CancellationToken.None).ToListAsync(), static test =>
            Assert.StartsWith("FluentValidation.Tests.", test.ClassName, StringComparison.Ordinal));
    }
}

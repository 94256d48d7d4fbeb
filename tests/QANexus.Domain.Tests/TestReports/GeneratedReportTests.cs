using System.Globalization;
using System.Text;
using System.Xml;
using CsCheck;
using QANexus.Domain.TestReports;

namespace QANexus.Domain.Tests.TestReports;

/// <summary>Reports of any shape add up to what their generator put into them.</summary>
public sealed class GeneratedReportTests
{
    private const string TrxNamespace = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private static readonly Gen<string> Name = Gen.String[Gen.Char["aB9 ._-<>&'\"ü中\t\n()[]"], 1, 12].Where(static name => !string.IsNullOrWhiteSpace(name));

    private static readonly Gen<Case> AnyCase = Gen.Select(
        Name, Gen.Enum<ReportedOutcome>(), Gen.Long[0, 10 * TimeSpan.TicksPerMinute].Nullable(), Gen.Int[0, 2],
        static (name, outcome, ticks, noise) => new Case(name, outcome, ticks, noise));

    private static readonly Gen<Suite> AnySuite = Gen.Recursive<Suite>(
        (depth, suite) => Gen.Select(
            Name, AnyCase.Array[0, 6], depth >= 4 ? Gen.Const(Array.Empty<Suite>()) : suite.Array[0, 3],
            static (name, cases, inner) => new Suite(name, cases, inner)));

    [Fact]
    public Task Junit_of_any_shape_adds_up_to_what_is_in_it() => Gen.Select(AnySuite.Array[0, 3], Gen.Bool).SampleAsync(async (suites, hasRoot) =>
    {
        suites = hasRoot || suites.Length == 1 ? suites : [new Suite("root", [], suites)];
        var text = Write(xml =>
        {
            if (hasRoot)
            {
                // The totals that a report claims are no business of ours.
                xml.WriteStartElement("testsuites");
                xml.WriteAttributeString("tests", "12345");
            }

            foreach (var suite in suites)
            {
                WriteSuite(xml, suite);
            }
        });

        await CheckAsync(TestReportFormat.Junit, text, [.. suites.SelectMany(static suite => suite.All)]);
    }, iter: 150);

    [Fact]
    public Task Trx_of_any_shape_adds_up_to_what_is_in_it() => AnyCase.Array[0, 4].Array[0, 8].SampleAsync(async groups =>
    {
        var text = Write(xml =>
        {
            xml.WriteStartElement("TestRun", TrxNamespace);
            xml.WriteStartElement("Results", TrxNamespace);
            foreach (var group in groups)
            {
                WriteResults(xml, group);
            }

            xml.WriteEndElement();
            xml.WriteStartElement("ResultSummary", TrxNamespace);
            xml.WriteStartElement("Counters", TrxNamespace);
            xml.WriteAttributeString("total", "12345");
        });

        await CheckAsync(TestReportFormat.Trx, text, [.. groups.SelectMany(static group => group)]);
    }, iter: 500);

    private static async Task CheckAsync(TestReportFormat format, string text, IReadOnlyList<Case> cases)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var report = await TestReport.ReadAsync(content, TestReportLimits.Default, CancellationToken.None);
        var tests = await report.ReadTestsAsync(CancellationToken.None).ToListAsync();

        Assert.Equal(format, report.Format);
        Assert.Equal(
            new TestReportTotals(
                cases.Count, Count(ReportedOutcome.Passed), Count(ReportedOutcome.Failed), Count(ReportedOutcome.Errored), Count(ReportedOutcome.Skipped),
                Flaky: 0, TimeSpan.FromTicks(cases.Sum(static test => test.Ticks ?? 0))),
            report.Totals);
        Assert.Equal(
            cases.Select(static test => (test.ReadName, test.Outcome, test.Ticks)),
            tests.Select(static test => (test.Name, test.Outcome, test.Duration?.Ticks)));
        Assert.Equal(cases.Count, tests.DistinctBy(static test => test.TestCaseId).Count());

        int Count(ReportedOutcome outcome) => cases.Count(test => test.Outcome == outcome);
    }

    private static string Write(Action<XmlWriter> write)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true }))
        {
            write(xml);
        }

        return text.ToString();
    }

    private static void WriteSuite(XmlWriter xml, Suite suite)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", suite.Name);
        foreach (var test in suite.Cases)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("name", test.Name);
            if (test.Ticks is { } ticks)
            {
                xml.WriteAttributeString("time", ((decimal)ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture));
            }

            WriteNoise(xml, test.Noise);
            switch (test.Outcome)
            {
                case ReportedOutcome.Failed:
                    xml.WriteElementString("failure", test.Name);
                    break;
                case ReportedOutcome.Errored:
                    xml.WriteElementString("error", test.Name);
                    break;
                case ReportedOutcome.Skipped:
                    xml.WriteElementString("skipped", string.Empty);
                    break;
            }

            xml.WriteEndElement();
        }

        foreach (var inner in suite.Inner)
        {
            WriteSuite(xml, inner);
        }

        xml.WriteEndElement();
    }

    /// <summary>Output that speaks of what is none of its test's outcomes.</summary>
    private static void WriteNoise(XmlWriter xml, int noise)
    {
        if (noise == 1)
        {
            xml.WriteElementString("system-out", "<failure/> & <error>");
        }
        else if (noise == 2)
        {
            xml.WriteStartElement("properties");
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", "skipped");
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    }

    /// <summary>One result, or several as the rows of one.</summary>
    private static void WriteResults(XmlWriter xml, IReadOnlyList<Case> group)
    {
        if (group is not [_, _, ..])
        {
            foreach (var test in group)
            {
                WriteResult(xml, test);
            }

            return;
        }

        xml.WriteStartElement("UnitTestResult", TrxNamespace);
        xml.WriteAttributeString("testName", "rows");
        xml.WriteAttributeString("outcome", "Failed");
        xml.WriteAttributeString("duration", "01:00:00");
        xml.WriteStartElement("InnerResults", TrxNamespace);
        foreach (var test in group)
        {
            WriteResult(xml, test);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteResult(XmlWriter xml, Case test)
    {
        xml.WriteStartElement("UnitTestResult", TrxNamespace);
        xml.WriteAttributeString("testName", test.Name);
        xml.WriteAttributeString("outcome", test.Outcome switch
        {
            ReportedOutcome.Passed => "Passed",
            ReportedOutcome.Failed => "Failed",
            ReportedOutcome.Skipped => "NotExecuted",
            _ => "Error",
        });
        if (test.Ticks is { } ticks)
        {
            xml.WriteAttributeString("duration", TimeSpan.FromTicks(ticks).ToString("c", CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
    }

    private sealed record Case(string Name, ReportedOutcome Outcome, long? Ticks, int Noise)
    {
        public string ReadName => Name.Trim();
    }

    private sealed record Suite(string Name, IReadOnlyList<Case> Cases, IReadOnlyList<Suite> Inner)
    {
        public IEnumerable<Case> All => Cases.Concat(Inner.SelectMany(static inner => inner.All));
    }
}

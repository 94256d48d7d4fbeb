using System.Runtime.CompilerServices;

namespace QANexus.Domain.TestReports;

/// <summary>
/// JUnit XML: suites in any depth, with or without a root around them. Every <c>testcase</c> is one test, as the tools themselves count,
/// and an error of a suite that belongs to no case is one too.
/// </summary>
internal static class JunitReader
{
    public static bool IsRoot(string name) => name is "testsuites" or "testsuite";

    public static async IAsyncEnumerable<ReportedTest> ReadAsync(
        ReportXml xml, ReportHeader header, TestCaseIds ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var suites = new Stack<string?>();
        do
        {
            if (xml.IsEndElement && xml.LocalName == "testsuite")
            {
                suites.Pop();
            }
            else if (xml.IsElement)
            {
                switch (xml.LocalName)
                {
                    case "testsuites":
                        Describe(xml, header, isTop: true);
                        break;
                    case "testsuite":
                        Describe(xml, header, isTop: suites.Count == 0);
                        if (!xml.IsEmptyElement)
                        {
                            suites.Push(xml.Attribute("name"));
                        }

                        break;
                    case "testcase":
                        yield return await ReadCaseAsync(xml, suites.TryPeek(out var suite) ? suite : null, ids);
                        break;
                    case "error" or "failure":
                        yield return await ReadSuiteFailureAsync(xml, suites.TryPeek(out var broken) ? broken : null, ids);
                        break;
                    default:
                        await xml.SkipAsync();
                        break;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        while (await xml.ReadAsync());
    }

    /// <summary>The name of the root, or that of the one suite in it; the first of many names none but itself.</summary>
    private static void Describe(ReportXml xml, ReportHeader header, bool isTop)
    {
        if (isTop)
        {
            header.AddName(ReportText.Keep(xml.Attribute("name"), xml.Limits.MaxNameLength), isRoot: xml.Depth == 0);
        }

        header.StartedAt ??= ReportTime.Time(xml.Attribute("timestamp"));
    }

    private static async ValueTask<ReportedTest> ReadCaseAsync(ReportXml xml, string? suite, TestCaseIds ids)
    {
        var (name, className) = (xml.Attribute("name"), xml.Attribute("classname") ?? xml.Attribute("class"));
        var time = ReportTime.Seconds(xml.Attribute("time"));
        var (said, attempts) = (Said(xml.Attribute("status")) ?? Said(xml.Attribute("result")), 1);
        Finding? worst = null;
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (await xml.ReadAsync() && !(xml.IsEndElement && xml.Depth == depth))
            {
                if (!xml.IsElement)
                {
                    continue;
                }

                switch (xml.LocalName)
                {
                    case "failure":
                        worst = Worse(worst, await ReadFindingAsync(xml, ReportedOutcome.Failed));
                        break;
                    case "error":
                        worst = Worse(worst, await ReadFindingAsync(xml, ReportedOutcome.Errored));
                        break;
                    case "skipped" or "ignored" or "disabled":
                        worst = Worse(worst, await ReadFindingAsync(xml, ReportedOutcome.Skipped));
                        break;
                    case "flakyFailure" or "flakyError" or "rerunFailure" or "rerunError" or "rerun":
                        attempts++;
                        await xml.SkipAsync();
                        break;
                    default:
                        await xml.SkipAsync();
                        break;
                }
            }
        }

        return Test(xml.Limits, ids, suite, className, name, worst ?? new Finding(said ?? ReportedOutcome.Passed, null, null)) with
        {
            Duration = time, Attempts = attempts,
        };
    }

    private static async ValueTask<ReportedTest> ReadSuiteFailureAsync(ReportXml xml, string? suite, TestCaseIds ids)
    {
        var outcome = xml.LocalName == "error" ? ReportedOutcome.Errored : ReportedOutcome.Failed;
        return Test(xml.Limits, ids, suite, null, null, await ReadFindingAsync(xml, outcome));
    }

    private static ReportedTest Test(TestReportLimits limits, TestCaseIds ids, string? suite, string? className, string? name, Finding finding)
    {
        var (keptSuite, keptClass) = (ReportText.Keep(suite, limits.MaxNameLength), ReportText.Keep(className, limits.MaxNameLength));
        return new ReportedTest
        {
            TestCaseId = ids.Next(suite, className, name),
            Name = ReportText.Keep(name, limits.MaxNameLength) ?? keptClass ?? keptSuite ?? "(no name)",
            ClassName = keptClass,
            Suite = keptSuite,
            Outcome = finding.Outcome,
            Message = finding.Message,
            Details = finding.Details,
        };
    }

    private static async ValueTask<Finding> ReadFindingAsync(ReportXml xml, ReportedOutcome outcome)
    {
        var message = ReportText.Keep(xml.Attribute("message"), xml.Limits.MaxMessageLength);
        var type = ReportText.Keep(xml.Attribute("type"), xml.Limits.MaxMessageLength);
        var details = ReportText.Keep(await xml.ReadTextAsync(2 * xml.Limits.MaxDetailsLength), xml.Limits.MaxDetailsLength);
        return new Finding(outcome, message ?? ReportText.FirstLine(details, xml.Limits.MaxMessageLength) ?? type, details);
    }

    /// <summary>A test that failed was not skipped, and one that broke counts as broken; of equals the first is told.</summary>
    private static Finding Worse(Finding? one, Finding other) => one is null || Gravity(other.Outcome) > Gravity(one.Outcome) ? other : one;

    private static int Gravity(ReportedOutcome outcome) => outcome switch
    {
        ReportedOutcome.Errored => 2,
        ReportedOutcome.Failed => 1,
        _ => 0,
    };

    /// <summary>Some tools say it in an attribute: googletest's disabled tests have no <c>skipped</c> in them.</summary>
    private static ReportedOutcome? Said(string? word) => word?.ToUpperInvariant() switch
    {
        "NOTRUN" or "SKIPPED" or "DISABLED" or "IGNORED" or "SUPPRESSED" or "PENDING" or "INCONCLUSIVE" => ReportedOutcome.Skipped,
        "FAILED" or "FAILURE" or "FAIL" => ReportedOutcome.Failed,
        "ERROR" or "ERRORED" or "BROKEN" => ReportedOutcome.Errored,
        _ => null,
    };

    private sealed record Finding(ReportedOutcome Outcome, string? Message, string? Details);
}

using System.Runtime.CompilerServices;

namespace QANexus.Domain.TestReports;

/// <summary>
/// TRX: every result is one test, unless it holds inner results (data-driven and ordered tests of MSTest): then these are, and it is their sum.
/// </summary>
internal static class TrxReader
{
    public static bool IsRoot(string name) => name == "TestRun";

    public static async IAsyncEnumerable<ReportedTest> ReadAsync(
        ReportXml xml, ReportHeader header, TestCaseIds ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = new Stack<Result>();
        var definition = string.Empty;
        var (saysFailed, anyFailed) = (false, false);
        do
        {
            if (xml.IsEndElement && IsResult(xml.LocalName))
            {
                if (Close(open) is { } closed)
                {
                    var test = closed.ToTest(xml.Limits, header, ids);
                    anyFailed |= Fails(test);
                    yield return test;
                }
            }
            else if (xml.IsElement)
            {
                switch (xml.LocalName)
                {
                    case "TestRun":
                        header.AddName(ReportText.Keep(xml.Attribute("name"), xml.Limits.MaxNameLength), isRoot: true);
                        break;
                    case "Times":
                        header.StartedAt ??= ReportTime.Time(xml.Attribute("start"));
                        await xml.SkipAsync();
                        break;
                    case "ResultSummary":
                        var outcome = xml.Attribute("outcome");
                        header.IsAborted |= outcome is "Aborted" or "Error" or "Timeout" or "Disconnected";
                        saysFailed |= outcome is "Failed";
                        await xml.SkipAsync();
                        break;
                    case "Results" or "InnerResults" or "TestDefinitions":
                        break;
                    case "Output" when open.Count > 0:
                        await ReadOutputAsync(xml, open.Peek());
                        break;
                    case "UnitTest":
                        definition = xml.Attribute("id") ?? string.Empty;
                        break;
                    case "TestMethod":
                        Define(xml, header, definition);
                        await xml.SkipAsync();
                        break;
                    case var name when IsResult(name):
                        open.Push(new Result(xml));
                        if (xml.IsEmptyElement && Close(open) is { } closed)
                        {
                            var test = closed.ToTest(xml.Limits, header, ids);
                            anyFailed |= Fails(test);
                            yield return test;
                        }

                        break;
                    default:
                        await xml.SkipAsync();
                        break;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        while (await xml.ReadAsync());

        // A host that crashed is an error of the run, which makes it Failed, and of no test: those that it did not come to are missing.
        header.IsAborted |= saysFailed && !anyFailed;
    }

    private static bool Fails(ReportedTest test) => test.Outcome is ReportedOutcome.Failed or ReportedOutcome.Errored;

    private static bool IsResult(string name) =>
        name is "UnitTestResult" or "TestResult" or "TestResultAggregation" or "ManualTestResult" or "GenericTestResult" or "WebTestResult" or "LoadTestResult";

    private static Result? Close(Stack<Result> open)
    {
        var closed = open.Pop();
        if (open.TryPeek(out var outer))
        {
            outer.HasInner = true;
        }

        return closed.HasInner ? null : closed;
    }

    private static void Define(ReportXml xml, ReportHeader header, string definition)
    {
        // MSTest of old: "Namespace.Class, Assembly, Version=...".
        var name = ReportText.Keep(xml.Attribute("className")?.Split(',')[0], xml.Limits.MaxNameLength);
        if (name is not null && definition.Length is > 0 and <= 64 && header.Classes.Count < xml.Limits.MaxTests)
        {
            header.Classes[definition] = name;
        }
    }

    private static async ValueTask ReadOutputAsync(ReportXml xml, Result result)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        while (await xml.ReadAsync() && !(xml.IsEndElement && xml.Depth == depth))
        {
            switch (xml)
            {
                case { IsElement: false } or { LocalName: "ErrorInfo" }:
                    break;
                case { LocalName: "Message" }:
                    result.Message ??= ReportText.Keep(await xml.ReadTextAsync(2 * xml.Limits.MaxMessageLength), xml.Limits.MaxMessageLength);
                    break;
                case { LocalName: "StackTrace" }:
                    result.Details ??= ReportText.Keep(await xml.ReadTextAsync(2 * xml.Limits.MaxDetailsLength), xml.Limits.MaxDetailsLength);
                    break;
                default:
                    await xml.SkipAsync();
                    break;
            }
        }
    }

    private sealed class Result(ReportXml xml)
    {
        private readonly string? name = xml.Attribute("testName");
        private readonly string? testId = xml.Attribute("testId");
        private readonly ReportedOutcome outcome = Outcome(xml.Attribute("outcome"));
        private readonly TimeSpan? duration = ReportTime.Span(xml.Attribute("duration"));
        private readonly TimeSpan? between = ReportTime.Time(xml.Attribute("endTime")) - ReportTime.Time(xml.Attribute("startTime"));

        public bool HasInner { get; set; }

        public string? Message { get; set; }

        public string? Details { get; set; }

        public ReportedTest ToTest(TestReportLimits limits, ReportHeader header, TestCaseIds ids)
        {
            var className = testId is not null && header.Classes.TryGetValue(testId, out var known) ? known : null;
            return new ReportedTest
            {
                TestCaseId = ids.Next(null, className, name),
                Name = ReportText.Keep(name, limits.MaxNameLength) ?? className ?? "(no name)",
                ClassName = className,
                Outcome = outcome,
                Duration = duration ?? (outcome == ReportedOutcome.Skipped || between < TimeSpan.Zero ? null : between),
                Message = Message,
                Details = Details,
            };
        }

        /// <summary>What nobody knows, or nobody wrote, is no pass.</summary>
        private static ReportedOutcome Outcome(string? word) => word switch
        {
            "Passed" or "PassedButRunAborted" or "Warning" or "Completed" => ReportedOutcome.Passed,
            "Failed" => ReportedOutcome.Failed,
            "NotExecuted" or "Inconclusive" or "NotRunnable" or "Pending" or "InProgress" => ReportedOutcome.Skipped,
            _ => ReportedOutcome.Errored,
        };
    }
}

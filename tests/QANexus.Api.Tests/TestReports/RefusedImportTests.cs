using System.Net;
using System.Text;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.TestReports;

/// <summary>What is no whole report is refused with its place, and nothing is written.</summary>
public sealed class RefusedImportTests
{
    private static readonly string Laughs =
        "<!DOCTYPE t [<!ENTITY a0 'ha'>" + string.Concat(Enumerable.Range(1, 9).Select(static n => $"<!ENTITY a{n} '{string.Concat(Enumerable.Repeat($"&a{n - 1};", 10))}'>"))
        + "]><testsuite name='&a9;'/>";

    private static readonly Dictionary<string, (byte[] Body, string Place, string Cause)> Bodies = new(StringComparer.Ordinal)
    {
        ["nothing"] = ([], "Line 1, column 1:", string.Empty),
        ["no XML"] = ("{\"tests\":[]}"u8.ToArray(), "Line 1, column 1:", "not well-formed XML"),
        ["zeros"] = (new byte[1000], "Line 1, column", string.Empty),
        ["a page"] = ("<html><body/></html>"u8.ToArray(), "Line 1, column 2:", "'html' is neither JUnit XML"),
        ["an external entity"] = ("<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<testsuite name='&x;'/>"u8.ToArray(), "Line 1, column", "DTD"),
        ["an external subset"] = ("<!DOCTYPE t SYSTEM 'http://127.0.0.1:1/x.dtd'>\n<testsuite/>"u8.ToArray(), "Line 1, column", "DTD"),
        ["a billion laughs"] = (Encoding.UTF8.GetBytes(Laughs), "Line 1, column", "DTD"),
        ["cut off"] = (Encoding.UTF8.GetBytes(ReportRequests.Junit)[..^20], "Line 4, column", "not well-formed XML"),
        ["cut off inside a test"] = ("<testsuite>\n<testcase name='a'/>\n<testcase name="u8.ToArray(), "Line 3, column", "not well-formed XML"),
        ["bytes of another encoding"] = ([.. "<?xml version='1.0' encoding='utf-8'?>\n<testsuite>\n<testcase name='"u8, 0xFC, .. "'/></testsuite>"u8], "Line 3, column", string.Empty),
        ["an encoding that is none"] = ("<?xml version='1.0' encoding='klingon'?><testsuite/>"u8.ToArray(), "Line 1, column", "not well-formed XML"),
        ["another encoding than declared"] = (Encoding.Unicode.GetBytes("<?xml version='1.0' encoding='utf-8'?><testsuite/>"), "Line 1, column", string.Empty),
        ["a pit of elements"] = (Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<testsuite>", 100_000))), "Line 1, column", "within one another"),
        ["a tag without end"] = (Encoding.UTF8.GetBytes($"<testsuite name='{new string('x', 3_000_000)}'/>"), "Line 1, column", "longer than"),
        ["two reports in one"] = ("<testsuite/>\n<testsuite/>"u8.ToArray(), "Line 2, column", "not well-formed XML"),
    };

    public static TheoryData<string> Kinds => [.. Bodies.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_no_whole_report_is_400_with_its_place_and_writes_nothing(string what)
    {
        var (body, place, cause) = Bodies[what];
        await using var host = await ApiHost.StartAsync();
        using var content = new ByteArrayContent(body);

        var answer = (await host.ImportAsync(content)).IsProblem(HttpStatusCode.BadRequest, "malformed-request");

        var detail = answer.Json.GetProperty("detail").GetString()!;
        Assert.True(detail.Contains(place, StringComparison.Ordinal), detail);
        Assert.Contains(cause, detail, StringComparison.Ordinal);
        Assert.True(answer.Bytes.Length < 2_000, answer.Text);
        Assert.Equal(0, await host.CountEventsAsync());
    }
}

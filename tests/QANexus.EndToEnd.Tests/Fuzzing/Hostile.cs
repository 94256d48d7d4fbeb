using System.Text;

namespace QANexus.EndToEnd.Tests.Fuzzing;

/// <summary>What nobody sends who means well.</summary>
internal static class Hostile
{
    /// <summary>Values for anywhere; they are encoded before they go into a URL.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "0", "-1", "1.5", "99999999999999999999", "NaN", "null", "true", "*", "\"", "\"1\"", "\"1.1\"", "\"9.9.AAAAAAAAAAA\"", "W/\"1.1\"",
        "..", ".", "../..", "a/b",
        "a\\b", "a:b", "a:b:c", "a@b", "a~1", "%2F", "%", "%zz", "$system", "$keys", "é", "e\u0301", "İ", "ß", "\u202e", "\ufeff", "\U0001f600", "日本語",
        "' OR 1=1 --",
        "\"}],\"x\":[{\"", "{{7*7}}", "${jndi:ldap://x}", "<script>", "2026-11-23T10:00:00Z", "2026-13-45T99:99:99Z", "2026-11-23T10:00:00+02:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z", "Requirement:id-1@\"1.1\"", "fuzz-b", "rebuild", new string('a', 65), new string('a', 129),
        new string('9', 400), new string('x', 3000),
    ];

    /// <summary>Pieces of a path that go in as they are.</summary>
    public static readonly string[] Segments =
    [
        "%2e%2e", "..", ".", "", "%2F", "%252F", "%5C", "%ff", "%c0%af", "%E2%80%AE", "%zz", "%", "a%20b", "a+b", ";a=b", "a,b", "~", "%7e",
        "%F0%9F%98%80", "events", "rebuild",
    ];

    /// <summary>What the server itself may refuse, or cut short, before any operation is asked.</summary>
    public static readonly string[] BreakingSegments = ["%00", "a%00b", new string('a', 9000), "\u00e9", "{", "|", "\"", "<>"];

    public static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "get", "PROPFIND", "QUERY"];

    public static readonly (string Name, string Value)[] Headers =
    [
        ("Accept", "text/html"), ("Accept", "application/xml;q=0.9, */*;q=0"), ("Accept", "text/event-stream"), ("Accept", "application/json;q=2"),
        ("Accept", ",;,"),
        ("Content-Type", "text/plain"), ("Content-Type", "application/json; charset=utf-16"), ("Content-Type", "application/json;;"),
        ("Content-Type", "multipart/form-data"),
        ("Content-Encoding", "gzip"), ("Authorization", "Bearer"), ("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyIqOk9SR19BRE1JTiJdfQ."),
        ("Authorization", "Basic YTpi"), ("Host", "evil.example"), ("Origin", "https://evil.example"), ("Origin", "null"), ("X-Forwarded-Host", "evil.example"),
        ("X-HTTP-Method-Override", "DELETE"), ("traceparent", "00-00000000000000000000000000000000-0000000000000000-00"), ("traceparent", "x"),
        ("If-Match", "*"), ("If-Match", "\"1\", \"2\""), ("If-Match", "W/\"1.1\""), ("If-None-Match", "\"*\""), ("If-None-Match", "*"),
        ("If-Modified-Since", "yesterday"),
        ("Idempotency-Key", ""), ("Idempotency-Key", new string('k', 256)), ("Idempotency-Key", "a b"), ("Idempotency-Key", "\u00e9"), ("Range", "bytes=0-1"),
        ("X-Confirm-Tenant", "fuzz-a"), ("Last-Event-ID", "\u00ff"), ("Cookie", "a=b"), ("Expect", "200-maybe"), ("TE", "trailers"),
        ("X-Long", new string('h', 6000)),
    ];

    /// <summary>JSON values to put where others were expected; some of them are none.</summary>
    public static readonly string[] Values =
    [
        "null", "true", "0", "-0", "-1", "1e400", "1.0", "12345678901234567890", "9007199254740993", "0.1e-999", "\"\"", "\"\\ud800\"", "\"\\u0000\"",
        "\"\\udc00\\ud800\"", "[]", "{}",
        "[[[]]]", "{\"a\":1,\"a\":2}", "{\"\":{\"\":[]}}", "01", "+1", "NaN", "'a'", "\"a\nb\"", "\"\t\"", "// x", "\"é\"", "\"\\uD83D\\uDE00\"", "undefined",
    ];

    /// <summary>Test reports: a right one, then others.</summary>
    public static readonly string[] Reports =
    [
        """<testsuite name="s"><testcase classname="c" name="a" time="0.1"/><testcase name="b"><failure message="m">x</failure></testcase></testsuite>""",
        "", "<", "<a/>", "<testsuite/>", "<testsuites><testsuite><testcase/></testsuite></testsuites>", "<TestRun/>",
        "<testsuite name=\"s\"><testcase name=\"a\" time=\"NaN\"/></testsuite>",
        """<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><testsuite name="&b;"><testcase name="&b;"/></testsuite>""",
        """<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite name="&x;"/>""", "<testsuite name=\"\u0001\"/>",
        "<?xml version=\"1.0\" encoding=\"utf-7\"?><testsuite/>",
        string.Concat(Enumerable.Repeat("<testsuite>", 3000)), "{\"testsuite\":1}",
    ];

    /// <summary>What is no size of a chunk, or one that no number holds.</summary>
    public static readonly string[] ChunkSizes = ["FFFFFFFFFFFFFFFFF", "7FFFFFFFF", "-1", "zz", ""];

    /// <summary>Bodies that have nothing to do with what is asked for.</summary>
    public static readonly byte[][] Bodies =
    [
        [], "null"u8.ToArray(), "[]"u8.ToArray(), "\"x\""u8.ToArray(), "{"u8.ToArray(), "{}{}"u8.ToArray(), "\ufeff{}"u8.ToArray(),
        [0xff, 0xfe, 0x7b, 0x00], [0xc3, 0x28], [0],
        Encoding.UTF8.GetBytes(new string('[', 5000)), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200)),
        "a=b&c=d"u8.ToArray(), "<events/>"u8.ToArray(),
    ];
}

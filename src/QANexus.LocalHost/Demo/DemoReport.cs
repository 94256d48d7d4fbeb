using System.Globalization;

namespace QANexus.LocalHost.Demo;

/// <summary>A test report of the kind that build servers have.</summary>
internal static class DemoReport
{
    private const int Tests = 20;

    /// <summary>Twenty tests of which one fails.</summary>
    /// <param name="suite">Names the suite: the same report is the same run.</param>
    public static string Junit(string suite) => string.Create(CultureInfo.InvariantCulture, $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="{suite}" tests="{Tests}" failures="1" time="2.1">
          <testcase classname="Login" name="locks after five" time="0.2"><failure message="expected locked, was open"/></testcase>
          {string.Join("\n  ", Enumerable.Range(2, Tests - 1).Select(static n => FormattableString.Invariant($"<testcase classname=\"Login\" name=\"case {n}\" time=\"0.1\"/>")))}
        </testsuite>
        """);
}

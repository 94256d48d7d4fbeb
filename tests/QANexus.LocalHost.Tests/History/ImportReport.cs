using System.Globalization;

namespace QANexus.LocalHost.Tests.History;

/// <summary>What an import says when it ends.</summary>
public sealed record ImportReport(int ExitCode, string Output, string Error)
{
    public long Count(string name) => long.Parse(
        Output.Split(Environment.NewLine).Single(line => line.StartsWith(name + "  ", StringComparison.Ordinal))[name.Length..],
        NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite,
        CultureInfo.InvariantCulture);
}

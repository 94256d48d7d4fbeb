namespace QANexus.Domain.TestReports;

/// <summary>What a report says about itself; filled while it is read.</summary>
/// <param name="classes">Class names by test id.</param>
internal sealed class ReportHeader(Dictionary<string, string> classes)
{
    private string? rootName;
    private string? suiteName;
    private int suites;

    public string? Name => rootName ?? (suites == 1 ? suiteName : null);

    public DateTimeOffset? StartedAt { get; set; }

    public bool IsAborted { get; set; }

    /// <summary>TRX names the classes behind the results: known from the second reading on.</summary>
    public Dictionary<string, string> Classes { get; } = classes;

    public void AddName(string? name, bool isRoot)
    {
        if (isRoot)
        {
            rootName = name;
        }
        else
        {
            suites++;
            suiteName = name;
        }
    }
}

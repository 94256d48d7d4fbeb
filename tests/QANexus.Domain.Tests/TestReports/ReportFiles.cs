namespace QANexus.Domain.Tests.TestReports;

/// <summary>Real reports of many tools, where they are at hand: <c>QANEXUS_TEST_REPORTS</c>, or a folder <c>shared/data/test-reports</c> above the tree.</summary>
internal static class ReportFiles
{
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("QANEXUS_TEST_REPORTS") ?? FindAbove();

    public static FileStream Open(string name)
    {
        Skip.If(Folder is null, "The real test reports are not here: QANEXUS_TEST_REPORTS names their folder.");
        return File.OpenRead(Path.Combine(Folder!, name));
    }

    private static string? FindAbove()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "shared", "data", "test-reports");
            if (Directory.Exists(found))
            {
                return found;
            }
        }

        return null;
    }
}

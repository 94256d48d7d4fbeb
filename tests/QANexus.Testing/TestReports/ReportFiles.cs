namespace QANexus.Testing.TestReports;

/// <summary>
/// Real reports of many tools. They lie beside the repository, not in it: in the folder <c>test-reports</c> of the one that QANEXUS_SHARED_DATA names,
/// or of a folder <c>shared/data</c> above the tree.
/// </summary>
public static class ReportFiles
{
    /// <summary>For tests that skip.</summary>
    public const string Missing = "The real test reports are not here: set QANEXUS_SHARED_DATA to the folder above theirs.";

    /// <summary>Where they are; null where they are not.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("QANEXUS_SHARED_DATA") is { Length: > 0 } named)
        {
            return Existing(named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", "data")) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Existing(string data)
    {
        var folder = Path.Combine(data, "test-reports");
        return Directory.Exists(folder) ? folder : null;
    }
}

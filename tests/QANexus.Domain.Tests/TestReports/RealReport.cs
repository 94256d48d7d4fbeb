using QANexus.Testing.TestReports;

namespace QANexus.Domain.Tests.TestReports;

/// <summary>One of the real reports, for a test that skips where they are not at hand.</summary>
internal static class RealReport
{
    public static FileStream Open(string name)
    {
        Skip.If(ReportFiles.Folder is null, ReportFiles.Missing);
        return File.OpenRead(Path.Combine(ReportFiles.Folder!, name));
    }
}

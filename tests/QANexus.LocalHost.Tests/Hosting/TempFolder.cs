namespace QANexus.LocalHost.Tests.Hosting;

/// <summary>A folder that lives as long as its test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("qanexus-host-");

    public string Path => folder.FullName;

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => folder.Delete(recursive: true);
}

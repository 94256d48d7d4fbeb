namespace QANexus.LocalCosmos.Tests;

/// <summary>A folder of its own for one test.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("localcosmos-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

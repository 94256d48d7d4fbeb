using System.Globalization;
using System.Text;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Tests.Importing;

/// <summary>An import from a file in a folder of its own into a host that is not there.</summary>
internal sealed class ImportFixture : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("qanexus-import-");

    public FakeEventHost Host { get; } = new();

    public TimeProvider Time { get; init; } = new ImpatientTime();

    public ImportLimits Limits { get; init; } = new();

    public bool IsTerminal { get; init; }

    public StringWriter Output { get; } = new(CultureInfo.InvariantCulture);

    public StringWriter Error { get; } = new(CultureInfo.InvariantCulture);

    /// <summary>What went wrong, without the lines that say how far it is.</summary>
    public IReadOnlyList<string> Complaints => Error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
        .Where(static line => !line.Contains("lines/s", StringComparison.Ordinal)).ToList();

    public string File => Path.Combine(folder.FullName, "appends.jsonl");

    public static string Line(string id, int number, string tenant = "acme", string data = "{}") =>
        $$"""{"tenantId":"{{tenant}}","aggregateType":"Note","aggregateId":"{{id}}","commitId":"{{tenant}}-{{id}}-{{number}}","metadata":{"source":"test"},"events":[{"type":"NoteTaken","data":{{data}}}]}""";

    public static string PathOf(string id, string tenant = "acme") => $"/api/v1/tenants/{tenant}/streams/Note/{id}/events";

    public async Task<int> ImportAsync(IEnumerable<string> lines, int concurrency = 16, CancellationToken stopping = default)
    {
        await System.IO.File.WriteAllTextAsync(File, string.Join('\n', lines), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CancellationToken.None);
        return await ImportFileAsync(concurrency, stopping);
    }

    public Task<int> ImportFileAsync(int concurrency = 16, CancellationToken stopping = default)
    {
        var run = new ImportRun(Host, Output, Error, IsTerminal, Time) { Limits = Limits };
        return run.RunAsync(
            new ImportOptions { File = File, BaseAddress = new Uri("http://localhost:7071"), Concurrency = concurrency }, stopping);
    }

    /// <summary>A count of the summary.</summary>
    public long Count(string name) => long.Parse(
        Output.ToString().Split(Environment.NewLine).Single(line => line.StartsWith(name + "  ", StringComparison.Ordinal))[name.Length..],
        NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite,
        CultureInfo.InvariantCulture);

    public void Dispose()
    {
        Host.Dispose();
        folder.Delete(recursive: true);
    }
}

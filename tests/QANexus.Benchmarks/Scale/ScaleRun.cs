using System.Diagnostics;
using System.Globalization;

namespace QANexus.Benchmarks.Scale;

/// <summary>
/// Whether LocalCosmos holds what it promises of a million items of 1 KB: below 500 MB of memory, and its first answer in under 3 s. Loading and serving
/// each have a process of their own, whose memory is the operating system's figure for its peak.
/// </summary>
internal static class ScaleRun
{
    private const int DefaultItems = 1_000_000;

    /// <param name="arguments">The number of items, and the directory to use, which is then kept, and used as it is if it has a store.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var items = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultItems;
        var directory = arguments.Length > 1 ? arguments[1] : Directory.CreateTempSubdirectory("localcosmos-scale-").FullName;
        try
        {
            var isLoaded = File.Exists(Path.Combine(directory, "cosmos.db"));
            var failures = isLoaded ? 0 : await RunAsync(ScaleStore.LoadCommand, directory, items);
            return failures + await RunAsync(ScaleStore.ServeCommand, directory, items) == 0 ? 0 : 1;
        }
        finally
        {
            if (arguments.Length < 2)
                Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<int> RunAsync(string command, string directory, int items)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        // Run by the runtime's own program, this one is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ScaleRun).Assembly.Location);
        foreach (var argument in (string[])[command, directory, items.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

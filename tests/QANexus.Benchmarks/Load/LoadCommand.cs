using System.Text.Json;

namespace QANexus.Benchmarks.Load;

/// <summary><c>load</c>: drives a running host over HTTP and reports throughput and latencies.</summary>
internal static class LoadCommand
{
    /// <returns>0; 1 where requests failed; 2 where the arguments make no sense.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["--help"])
        {
            Console.WriteLine(LoadOptions.Usage);
            return 0;
        }

        LoadReport report;
        try
        {
            var options = LoadOptions.Parse(arguments);
            using var client = new LoadClient(options);
            report = await new LoadRun(options, client).RunAsync();
            if (options.JsonFile is { } file)
            {
                await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(report, LoadJson.Default.LoadReport));
            }
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 2;
        }

        foreach (var line in report.ToLines())
        {
            Console.WriteLine(line);
        }

        return report.Errors.Count == 0 ? 0 : 1;
    }
}

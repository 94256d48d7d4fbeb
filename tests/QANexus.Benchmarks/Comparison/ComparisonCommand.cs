using System.Text.Json;
using System.Text.Json.Serialization;

namespace QANexus.Benchmarks.Comparison;

/// <summary><c>marten [--history FILE] [--json FILE]</c>: the library over LocalCosmos beside Marten on PostgreSQL, both durable, in one run.</summary>
internal static class ComparisonCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        string? historyFile = null;
        string? jsonFile = null;
        for (var rest = arguments.AsSpan(); rest.Length > 0; rest = rest[2..])
        {
            switch (rest)
            {
                case ["--history", var file, ..]:
                    historyFile = file;
                    break;
                case ["--json", var file, ..]:
                    jsonFile = file;
                    break;
                default:
                    await Console.Error.WriteLineAsync("marten [--history FILE] [--json FILE]");
                    return 2;
            }
        }

        var history = historyFile is null ? null : HistoryFile.Read(historyFile);
        await using var postgres = await PostgresCluster.StartAsync();
        await using var marten = await MartenStore.StartAsync(postgres.ConnectionString);
        await using var ours = await OurStore.StartAsync();
        var rows = new List<ComparisonRow>();
        Console.WriteLine("| operation | QANexus | Marten | | ratio | of the rounds |");
        Console.WriteLine("|---|---|---|---|---|---|");
        await foreach (var row in new ComparisonRun(ours, marten).RunAsync(history))
        {
            Console.WriteLine(row);
            rows.Add(row);
        }

        Console.WriteLine();
        Console.WriteLine("QANexus: the library over LocalCosmos in this process, on disk. Marten: PostgreSQL in processes of its own, fsync and synchronous_commit on.");
        if (jsonFile is not null)
        {
            await File.WriteAllBytesAsync(jsonFile, JsonSerializer.SerializeToUtf8Bytes(rows, ComparisonJson.Default.ListComparisonRow));
        }

        return 0;
    }
}

/// <summary>The JSON of the comparison.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(List<ComparisonRow>))]
internal sealed partial class ComparisonJson : JsonSerializerContext;

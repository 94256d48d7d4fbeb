using BenchmarkDotNet.Attributes;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.Benchmarks.Store;

/// <summary>A read of a stream of 100 events of 400 B, and the SDK's query for the same documents, whose answer is read into memory and not parsed.</summary>
public class ReadBesideSdk : StoreBenchmark
{
    private const int Events100 = 100;

    private static readonly StreamId Stream = StreamId.Parse("Requirement:r1");
    private static readonly StreamReadOptions All = new() { MaxCount = Events100 };

    /// <summary>Events of a commit.</summary>
    [Params(1, 5)]
    public int PerCommit { get; set; }

    [Benchmark(Baseline = true)]
    public async Task<int> BareSdk()
    {
        var options = new QueryRequestOptions { PartitionKey = Partition(Stream), MaxItemCount = Events100 + 1, EnableOptimisticDirectExecution = true };
        using var pages = Events.GetItemQueryStreamIterator(new QueryDefinition("SELECT * FROM c ORDER BY c.id ASC"), requestOptions: options);
        var bytes = 0;
        while (pages.HasMoreResults)
        {
            using var page = await pages.ReadNextAsync();
            var content = new byte[page.EnsureSuccessStatusCode().Content.Length];
            await page.Content.ReadExactlyAsync(content);
            bytes += content.Length;
        }

        return bytes;
    }

    [Benchmark]
    public async Task<int> EventStore() => (await Store.ReadAsync(Stream, All, CancellationToken.None)).Events.Count;

    protected override async Task FillAsync()
    {
        var position = StreamPosition.Start;
        for (var left = Events100; left > 0; left -= PerCommit)
        {
            position = await AppendAsync(Stream, position, Of(PerCommit));
        }
    }
}

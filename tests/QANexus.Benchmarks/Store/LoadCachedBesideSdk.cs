using System.Net;
using BenchmarkDotNet.Attributes;
using QANexus.EventStore.Streams;

namespace QANexus.Benchmarks.Store;

/// <summary>The look whether a known state is current, and the SDK's point read of the same document that does not exist.</summary>
public class LoadCachedBesideSdk : StoreBenchmark
{
    private static readonly StreamId Stream = StreamId.Parse("Requirement:r1");

    private StreamPosition position;

    [Benchmark(Baseline = true)]
    public async Task<bool> BareSdk()
    {
        using var response = await Events.ReadItemStreamAsync("0000000002", Partition(Stream));
        return response.StatusCode is HttpStatusCode.NotFound ? true : throw new InvalidOperationException($"{response.StatusCode}");
    }

    [Benchmark]
    public async Task<long> EventStore() => (await Store.ReadAfterAsync(Stream, position, CancellationToken.None)).Position.Version;

    protected override async Task FillAsync() => position = await AppendAsync(Stream, StreamPosition.Start, Of(1));
}

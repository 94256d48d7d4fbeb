using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;

namespace QANexus.Benchmarks.Store;

/// <summary>An append at a known position, and the SDK's transactional batch with one create of an equal document, printed beforehand but for its ids.</summary>
public class AppendBesideSdk : StoreBenchmark
{
    private static readonly StreamId Ours = StreamId.Parse("Requirement:ours");
    private static readonly StreamId Bare = StreamId.Parse("Requirement:bare");
    private static readonly TransactionalBatchItemRequestOptions WithoutContent = new() { EnableContentResponseOnWrite = false };

    private IReadOnlyList<NewEvent> events = [];
    private byte[] document = [];
    private int idAt;
    private int commitIdAt;
    private StreamPosition position;
    private long number;

    /// <summary>Events of 400 B in the append.</summary>
    [Params(1, 10)]
    public int Count { get; set; }

    [Benchmark(Baseline = true)]
    public async Task<double> BareSdk()
    {
        var body = (byte[])document.Clone();
        var next = number++;
        next.TryFormat(body.AsSpan(idAt), out _, "0000000000", CultureInfo.InvariantCulture);
        next.TryFormat(body.AsSpan(commitIdAt), out _, "0000000000", CultureInfo.InvariantCulture);
        using var response = await Events.CreateTransactionalBatch(Partition(Bare))
            .CreateItemStream(new MemoryStream(body, writable: false), WithoutContent)
            .ExecuteAsync();
        return response.IsSuccessStatusCode ? response.RequestCharge : throw new InvalidOperationException(response.ErrorMessage);
    }

    [Benchmark]
    public async Task<long> EventStore() => (position = await AppendAsync(Ours, position, events)).Version;

    protected override async Task FillAsync()
    {
        events = Of(Count);
        position = await AppendAsync(Ours, StreamPosition.Start, events);
        var stored = JsonNode.Parse(await ReadDocumentAsync(Ours, 1))!.AsObject();
        foreach (var name in stored.Select(static member => member.Key).Where(static name => name.StartsWith('_')).ToList())
        {
            stored.Remove(name);
        }

        stored["streamId"] = Bare.ToString();
        stored["id"] = "##########";
        stored["commitId"] = "##########" + ((string)stored["commitId"]!)[10..];
        document = Encoding.UTF8.GetBytes(stored.ToJsonString());
        idAt = document.AsSpan().IndexOf("##########"u8);
        commitIdAt = document.AsSpan().LastIndexOf("##########"u8);
        number = 1;
    }
}

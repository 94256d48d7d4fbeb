using System.Text.Json;
using BenchmarkDotNet.Attributes;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using QANexus.Testing.RequestUnits;

namespace QANexus.Benchmarks.Store;

/// <summary>A commit document read into events, beside the parser that only finds out that it is JSON.</summary>
[MemoryDiagnoser]
public class ParseCommit
{
    private static readonly StreamId Stream = StreamId.Parse("Requirement:r1");

    private byte[] document = [];

    /// <summary>Events of 400 B in the commit.</summary>
    [Params(1, 20)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Print()
    {
        var request = new EventStore.Appending.AppendRequest { Stream = Stream, Events = MeasuredEvents.OfThreeTypes(Count) };
        var writer = new CommitWriter(TenantId.Parse("t1"), request, EventCatalog.Empty, "fingerprint", DateTimeOffset.UnixEpoch);
        document = writer.WriteAfter(StreamPosition.Start, [CommitId.Parse("one")])[0].Body.ToArray();
    }

    [Benchmark(Baseline = true)]
    public long Scan()
    {
        var reader = new Utf8JsonReader(document);
        while (reader.Read())
        {
        }

        return reader.BytesConsumed;
    }

    [Benchmark]
    public int Read() => CommitReader.Read(document, Stream).Events.Count;
}

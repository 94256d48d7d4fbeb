using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.Testing.Stores;

namespace QANexus.Api.Tests.TestReports;

/// <summary>Alone, for what others hold at the same time would be taken for the import's.</summary>
[CollectionDefinition(nameof(LargeImportTests), DisableParallelization = true)]
[Collection(nameof(LargeImportTests))]
public sealed class LargeImportTests
{
    private const int Cases = 60;

    private static readonly byte[] Case = Encoding.UTF8.GetBytes(
        $"<testcase name='t'><failure message='no'>{string.Concat(Enumerable.Repeat("a line of output, as long as they are\n", 7_000))}</failure></testcase>");

    [Fact]
    public async Task A_report_is_held_in_memory_neither_while_it_comes_nor_while_it_is_stored()
    {
        var memory = new LiveMemory();
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(provider =>
            new FailingEventStore(provider.GetRequiredService<InMemoryEventStore>()) { BeforeAppend = _ => memory.Measure() }));
        await host.ImportAsync("<testsuite/>");
        memory.Begin();

        var answer = await host.ImportAsync(new StreamedReport(memory));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(Cases, answer.Json.GetProperty("testRuns")[0].GetProperty("failed").GetInt32());
        Assert.Equal(Cases + 3, memory.Measurements);
        Assert.InRange(memory.Growth / (double)(Cases * Case.Length), double.MinValue, 0.25);
    }

    /// <summary>What is alive, not what has been allocated: it is collected before each measurement.</summary>
    private sealed class LiveMemory
    {
        private long start;
        private long peak;

        public int Measurements { get; private set; }

        public long Growth => peak - start;

        public void Begin()
        {
            start = GC.GetTotalMemory(forceFullCollection: true);
            (peak, Measurements) = (0, 0);
        }

        public void Measure()
        {
            Measurements++;
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }
    }

    /// <summary>A report of 16 MB that is made while it is sent.</summary>
    private sealed class StreamedReport(LiveMemory memory) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("<testsuite name='large'>"u8.ToArray());
            for (var sent = 0; sent < Cases; sent++)
            {
                await stream.WriteAsync(Case);
                memory.Measure();
            }

            await stream.WriteAsync("</testsuite>"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

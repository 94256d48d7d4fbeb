using System.Text.Json;

namespace QANexus.LocalHost.Tests.History;

public sealed class HistoryTests(ImportedHistory history) : IClassFixture<ImportedHistory>
{
    private const string Missing = "The customer's history.jsonl is not here: set QANEXUS_SHARED_DATA to its folder.";

    [SkippableFact]
    public void The_import_that_lost_its_host_said_so_and_the_next_one_finished_it()
    {
        Skip.If(HistoryFile.Path is null, Missing);

        Assert.Equal(1, history.First!.ExitCode);
        Assert.Contains("broken off: the server has stopped answering", history.First.Error, StringComparison.Ordinal);
        Assert.Equal(0, history.Second!.ExitCode);
        Assert.Equal((13_682, 0, 39_493), (history.Second.Count("lines"), history.Second.Count("failed"), history.Second.Count("events")));
        Assert.InRange(history.Second.Count("replayed"), history.First.Count("appended"), history.First.Count("appended") + history.First.Count("failed"));
    }

    [SkippableTheory]
    [InlineData("stryker", 11_244)]
    [InlineData("cosmos-sdk", 9_835)]
    [InlineData("marten", 8_494)]
    [InlineData("polly", 6_295)]
    [InlineData("quartznet", 3_625)]
    public async Task Each_tenant_has_its_events_once(string tenant, int events)
    {
        Skip.If(HistoryFile.Path is null, Missing);

        Assert.Equal($$"""{"count":{{events}}}""", await history.Client.GetStringAsync($"/api/v1/tenants/{tenant}/event-count"));
        Assert.Contains($"tenant {tenant}: ", history.Second!.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Importing_again_changes_nothing_and_every_stream_reads_back_as_the_file_has_it_in_both_directions()
    {
        Skip.If(HistoryFile.Path is null, Missing);
        var again = await history.ImportAgainAsync();
        var streams = await HistoryFile.ReadStreamsAsync();

        Assert.Equal((0, 0, 13_682), (again.ExitCode, again.Count("appended"), again.Count("replayed")));
        Assert.Equal((4_076, 39_493), (streams.Count, streams.Values.Sum(static events => events.Count)));
        await Parallel.ForEachAsync(
            streams,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (stream, _) =>
            {
                Assert.Equal(stream.Value, await ReadAsync(stream.Key + "?maxCount=1000"));
                Assert.Equal(stream.Value.AsEnumerable().Reverse(), await ReadAsync(stream.Key + "?maxCount=1000&direction=backward"));
            });
    }

    private async Task<List<HistoryEvent>> ReadAsync(string route)
    {
        var events = new List<HistoryEvent>();
        for (var next = route; next is not null;)
        {
            using var page = JsonDocument.Parse(await history.Client.GetByteArrayAsync(next));
            events.AddRange(page.RootElement.GetProperty("value").EnumerateArray().Select(HistoryEvent.Read));
            next = page.RootElement.TryGetProperty("nextLink", out var link) ? link.GetString() : null;
        }

        return events;
    }
}

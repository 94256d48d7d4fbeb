using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Appending;

public sealed class SplitAppendTests
{
    [Fact]
    public async Task An_append_over_64_KB_becomes_consecutive_documents_of_one_batch()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None);
        fixture.Process.Requests.Clear();
        var result = await fixture.Store.AppendAsync(
            Some.Append("big", ExpectedPosition.At(new StreamPosition(1, 1)), Some.Events(100, dataBytes: 5_000)), CancellationToken.None);

        Assert.Equal(1, fixture.Process.Requests.Total.Requests);
        Assert.Equal(101, result.Position().Version);
        Assert.Equal(result.Stored().Receipt.Events.Select(e => e.Version), Enumerable.Range(2, 100).Select(v => (long)v));
        var documents = await DocumentsAsync(fixture);
        Assert.Equal(result.Position().Commit, documents.Count);
        Assert.InRange(documents.Count, 8, 12);
        Assert.All(documents, document => Assert.InRange(document.GetRawText().Length, 100, 66_000));
        Assert.Equal("big", documents[1].GetProperty("commitId").GetString());
        Assert.Equal(documents.Count, documents.Select(d => d.GetProperty("commitId").GetString()).Distinct(StringComparer.Ordinal).Count());
        var parts = documents.Skip(1).Select(d => d.GetProperty("part")).ToList();
        Assert.All(parts, part => Assert.Equal((2, parts.Count), (part.GetProperty("firstCommit").GetInt32(), part.GetProperty("count").GetInt32())));
        Assert.Equal(Enumerable.Range(0, parts.Count), parts.Select(part => part.GetProperty("index").GetInt32()));
        Assert.Single(documents.Skip(1).Select(d => d.GetProperty("_ts").GetInt64()).Distinct());
        Assert.Equal(101, (await fixture.Store.ReadAllAsync(Some.Stream)).Count);
    }

    [Fact]
    public async Task A_repeat_of_a_split_append_gets_the_whole_first_answer()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var request = Some.Append("big", ExpectedPosition.NoStream, Some.Events(60, dataBytes: 8_000));
        var first = (await fixture.Store.AppendAsync(request, CancellationToken.None)).Stored();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(1)), CancellationToken.None);
        var repeat = (await fixture.StartProcess().For("t1").AppendAsync(request, CancellationToken.None)).Stored();
        Assert.True(repeat.IsReplay);
        Assert.Equal(first.Receipt.Position, repeat.Receipt.Position);
        Assert.Equal(first.Receipt.Events, repeat.Receipt.Events);
    }

    [Fact]
    public async Task A_stale_split_append_writes_none_of_its_documents()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var start = (await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None)).Position();
        var winner = (await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.At(start), Some.Events(1)), CancellationToken.None)).Position();

        var result = await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.At(start), Some.Events(60, dataBytes: 8_000)), CancellationToken.None);
        Assert.Equal(winner, result.Conflict().Current);
        Assert.Equal(2, (await DocumentsAsync(fixture)).Count);
    }

    [Fact]
    public async Task The_largest_append_of_all_limits_is_stored_and_reads_back_equal()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var data = "{\"text\":\"" + new string('x', AppendLimits.MaxDataBytes - 11) + "\"}";
        NewEvent[] events = [.. Enumerable.Range(0, 4).Select(_ => Some.Event(data: data))];
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, events), CancellationToken.None);
        Assert.All(await fixture.Store.ReadAllAsync(Some.Stream), e => Assert.Equal(data, e.Data.ToString()));
    }

    [Fact]
    public async Task A_page_of_large_events_ends_before_it_is_too_large_and_goes_on_at_the_next()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var data = "{\"text\":\"" + new string('x', AppendLimits.MaxDataBytes - 11) + "\"}";
        for (var commit = 0; commit < 6; commit++)
        {
            await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, [.. Enumerable.Repeat(Some.Event(data: data), 3)]), CancellationToken.None);
        }

        foreach (var direction in Enum.GetValues<ReadDirection>())
        {
            var first = await fixture.Store.ReadAsync(Some.Stream, Some.All with { Direction = direction }, CancellationToken.None);
            Assert.Equal(16, first.Events.Count);
            Assert.Equal(direction is ReadDirection.Forward ? 17 : 2, first.NextVersion);
            Assert.Equal(new StreamPosition(18, 18), first.Position);
        }
    }

    [Fact]
    public async Task A_thousand_small_events_are_one_append()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1_000)), CancellationToken.None);
        Assert.Equal(1_000, (await fixture.Store.ReadAsync(Some.Stream, Some.All, CancellationToken.None)).Events.Count);
    }

    [Fact]
    public async Task Beyond_the_limits_nothing_is_written()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await Assert.ThrowsAsync<InvalidAppendException>(() =>
            fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1_001)), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidAppendException>(() =>
            fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, []), CancellationToken.None));
        Assert.Equal(StreamPosition.Start, (await fixture.Store.ReadAsync(Some.Stream, Some.All, CancellationToken.None)).Position);
    }

    private static async Task<List<JsonElement>> DocumentsAsync(StoreFixture fixture)
    {
        var documents = new List<JsonElement>();
        using var iterator = fixture.Events.GetItemQueryStreamIterator("SELECT * FROM c ORDER BY c.id ASC", requestOptions: new QueryRequestOptions
        {
            PartitionKey = new PartitionKeyBuilder().Add("t1").Add(Some.Stream.ToString()).Build(),
        });
        while (iterator.HasMoreResults)
        {
            using var page = await iterator.ReadNextAsync();
            using var json = await JsonDocument.ParseAsync(page.Content);
            documents.AddRange(json.RootElement.GetProperty("Documents").EnumerateArray().Select(static d => d.Clone()));
        }

        return documents;
    }
}

using System.Net;
using System.Net.Http.Headers;
using QANexus.EndToEnd.Tests.Hosting;

namespace QANexus.EndToEnd.Tests.Streams;

[Collection(SystemCollection.Name)]
public sealed class ContentionJourney(SystemUnderTest system)
{
    private const int Writers = 32;
    private const int EventsPerWriter = 3;
    private const string Stream = "Counter/shared";

    [Fact]
    public async Task Thirty_two_writers_that_retry_on_conflict_leave_dense_versions_and_each_event_once()
    {
        using var client = system.NewTenant();
        await WriteAndCheckAsync(client, [client]);
    }

    [SkippableFact]
    public async Task So_they_do_through_two_hosts_over_one_account()
    {
        using var client = system.NewTenant();
        await using var second = await system.StartSecondHostAsync();
        using var other = client.At(second.ApiAddress);
        await WriteAndCheckAsync(client, [client, other]);
    }

    [SkippableFact]
    public async Task An_etag_of_one_host_is_a_trusted_position_for_the_other()
    {
        using var client = system.NewTenant();
        await using var second = await system.StartSecondHostAsync();
        using var other = client.At(second.ApiAddress);
        var first = await client.AppendAsync(Stream, """{"type":"A","data":{} }""", static headers => headers.Add("If-None-Match", "*"));
        // What only a trusted position can do: exactly one write and no look-up. Resolving the tail first would cost a query of 2.8 RU more.
        var next = await other.AppendAsync(Stream, """{"type":"A","data":{} }""", headers => headers.TryAddWithoutValidation("If-Match", first.ETag));
        Assert.Equal(HttpStatusCode.Created, next.Status);
        Assert.Equal(Charge(first), Charge(next), tolerance: 0.2);
        Assert.Equal(HttpStatusCode.OK, (await other.ReadAsync(Stream, $"?atLeast={Uri.EscapeDataString(next.ETag)}")).Status);
    }

    private static double Charge(Answer answer) =>
        double.Parse(answer.Headers.GetValues("X-Request-Charge").Single(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task WriteAndCheckAsync(TenantClient reader, IReadOnlyList<TenantClient> clients)
    {
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(clients[writer % clients.Count], writer)));
        var events = await reader.ListAsync($"streams/{Stream}/events?maxCount=50");
        Assert.Equal(Enumerable.Range(1, Writers * EventsPerWriter), events.Select(static e => e["version"]!.GetValue<int>()));
        var expected = from writer in Enumerable.Range(0, Writers) from n in Enumerable.Range(0, EventsPerWriter) select (writer, n);
        var found = events.Select(static e => (e["data"]!["writer"]!.GetValue<int>(), e["data"]!["n"]!.GetValue<int>())).ToList();
        Assert.Equal(expected, found.Order());
    }

    private static async Task WriteAsync(TenantClient client, int writer)
    {
        string? etag = null;
        void Position(HttpRequestHeaders headers) => headers.TryAddWithoutValidation(etag is null ? "If-None-Match" : "If-Match", etag ?? "*");
        for (var n = 0; n < EventsPerWriter;)
        {
            var answer = await client.AppendAsync(Stream, $$$"""{"type":"Counted","data":{"writer":{{{writer}}},"n":{{{n}}}}}""", Position);
            if (answer.Status is HttpStatusCode.PreconditionFailed)
            {
                etag = answer.Json["currentETag"]!.GetValue<string>();
                continue;
            }

            Assert.Equal(HttpStatusCode.Created, answer.Status);
            etag = answer.ETag;
            n++;
        }
    }
}

using System.Net;
using QANexus.EndToEnd.Tests.Hosting;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EndToEnd.Tests.Streams;

[Collection(SystemCollection.Name)]
public sealed class RetryJourney(SystemUnderTest system)
{
    private const string Event = """{"type":"OrderPlaced","data":{"n":1}}""";
    private const string Stream = "Order/o1";

    [SkippableFact]
    public async Task A_response_lost_below_the_api_is_one_success()
    {
        using var client = system.NewTenant();
        using (system.Account.Faults.Add(new FaultRule { Fault = new LostResponseFault(), Requests = [RequestKind.Batch], Container = "events", Times = 1 }))
        {
            var answer = await client.AppendAsync(Stream, Event);
            Assert.Equal((HttpStatusCode.Created, false), (answer.Status, answer.IsReplay));
        }

        Assert.Single((await client.ReadAsync(Stream)).Events);
    }

    [Fact]
    public async Task A_retry_with_its_key_gets_the_same_body_whatever_its_precondition_says_now()
    {
        using var client = system.NewTenant();
        var start = await client.AppendAsync(Stream, Event);
        var first = await client.AppendAsync(Stream, Event, headers =>
        {
            headers.Add("Idempotency-Key", "k-1");
            headers.TryAddWithoutValidation("If-Match", start.ETag);
        });
        await client.AppendAsync(Stream, Event);
        foreach (var precondition in new[] { start.ETag, "\"1\"", "\"1.1\"", "\"7\"", "*", null })
        {
            var retry = await client.AppendAsync(Stream, Event, headers =>
            {
                headers.Add("Idempotency-Key", "k-1");
                if (precondition is not null)
                {
                    headers.TryAddWithoutValidation("If-Match", precondition);
                }
            });
            Assert.Equal((HttpStatusCode.OK, true), (retry.Status, retry.IsReplay));
            Assert.Equal(first.Json.ToJsonString(), retry.Json.ToJsonString());
            Assert.Equal(first.ETag, retry.ETag);
        }

        Assert.Equal(3, (await client.ReadAsync(Stream)).Events.Count);
    }

    [SkippableFact]
    public async Task An_open_outcome_names_the_key_that_settles_it()
    {
        using var client = system.NewTenant();
        Answer open;
        using (system.Account.Faults.Add(new FaultRule { Fault = new LostResponseFault(), Requests = [RequestKind.Batch], Container = "events", Times = 1 }))
        using (system.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = [RequestKind.Batch], Container = "events", Skip = 1 }))
        {
            open = await client.AppendAsync(Stream, Event);
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable"), (open.Status, open.Code));
        var key = open.Json["idempotencyKey"]!.GetValue<string>();
        Assert.True((await client.AppendAsync(Stream, Event, headers => headers.Add("Idempotency-Key", key))).IsReplay);
        Assert.Single((await client.ReadAsync(Stream)).Events);
    }

    [Fact]
    public async Task A_stale_precondition_inside_a_commit_or_past_the_end_conflicts_and_writes_nothing()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, $"{Event},{Event}");
        var end = await client.AppendAsync(Stream, $"{Event},{Event},{Event}");
        foreach (var stale in new[] { "\"3\"", "\"4\"", "\"6\"", "\"4.2\"", "\"5.3\"", "\"99.99\"", "\"0\"" })
        {
            var answer = await client.AppendAsync(Stream, Event, headers => headers.TryAddWithoutValidation("If-Match", stale));
            Assert.Equal((HttpStatusCode.PreconditionFailed, "version-conflict"), (answer.Status, answer.Code));
            Assert.Equal(5, answer.Json["currentVersion"]!.GetValue<int>());
            Assert.Equal(end.ETag, answer.Json["currentETag"]!.GetValue<string>());
        }

        Assert.Equal(5, (await client.ReadAsync(Stream)).Version);
    }

    [Fact]
    public async Task A_key_with_other_content_is_refused()
    {
        using var client = system.NewTenant();
        await client.AppendAsync(Stream, Event, static headers => headers.Add("Idempotency-Key", "k"));
        var other = await client.AppendAsync(Stream, """{"type":"OrderPlaced","data":{"n":2}}""", static headers => headers.Add("Idempotency-Key", "k"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"), (other.Status, other.Code));
    }
}

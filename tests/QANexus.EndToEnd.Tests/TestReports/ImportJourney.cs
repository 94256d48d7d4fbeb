using System.Net;
using System.Net.Http.Headers;
using System.Text;
using QANexus.EndToEnd.Tests.Hosting;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EndToEnd.Tests.TestReports;

[Collection(SystemCollection.Name)]
public sealed class ImportJourney(SystemUnderTest system)
{
    /// <summary>Created and started, three steps of results, completed.</summary>
    private const int Steps = 5;

    private const int Tests = 600;

    private static readonly byte[] Report = Encoding.UTF8.GetBytes(
        $"<testsuite name='many'>{string.Concat(Enumerable.Range(0, Tests).Select(static n => $"<testcase name='t{n}' time='0.001'/>"))}</testsuite>");

    [SkippableFact]
    public async Task A_lost_response_below_any_step_is_no_second_result()
    {
        for (var step = 0; step < Steps; step++)
        {
            using var client = system.NewTenant();
            using var lost = Strike(new LostResponseFault(), skip: step, times: 1);

            var answer = await ImportAsync(client);

            Assert.Equal((HttpStatusCode.Created, 1), (answer.Status, lost.Hits));
            await AssertWholeAsync(client);
        }
    }

    [SkippableFact]
    public async Task A_throttled_import_says_so_and_a_repeat_goes_on()
    {
        using var client = system.NewTenant();
        Answer throttled;
        using (Strike(new StatusFault(429, 3200, TimeSpan.FromMinutes(1)), skip: 2))
        {
            throttled = await ImportAsync(client);
        }

        Assert.Equal((HttpStatusCode.TooManyRequests, "throttled"), (throttled.Status, throttled.Code));
        Assert.True(throttled.Headers.Contains("Retry-After"));
        Assert.Equal(2 + 250, await CountAsync(client));

        var again = await ImportAsync(client);

        Assert.Equal(HttpStatusCode.Created, again.Status);
        await AssertWholeAsync(client);
    }

    [SkippableFact]
    public async Task Another_host_completes_what_the_first_one_could_not()
    {
        using var client = system.NewTenant();
        await using var second = await system.StartSecondHostAsync();
        using (Strike(new LostResponseFault(), skip: 2, times: 1))
        using (Strike(new StatusFault(503), skip: 3))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ImportAsync(client)).Status);
        }

        using var other = client.At(second.ApiAddress);
        var again = await ImportAsync(other);

        Assert.Equal(HttpStatusCode.Created, again.Status);
        await AssertWholeAsync(client);
    }

    /// <summary>Over a real server, whose own limit for bodies is 30 MB.</summary>
    [Fact]
    public async Task A_report_larger_than_other_bodies_may_be_is_taken_and_one_beyond_128_MiB_is_not()
    {
        using var client = system.NewTenant();
        var output = new byte[33 * 1024 * 1024];
        output.AsSpan().Fill((byte)'o');
        using var content = new ByteArrayContent([.. "<testsuite><system-out>"u8, .. output, .. "</system-out></testsuite>"u8]);
        using var announced = new ByteArrayContent([]) { Headers = { ContentLength = (128L * 1024 * 1024) + 1 } };
        content.Headers.ContentType = announced.Headers.ContentType = new MediaTypeHeaderValue("text/xml");

        var taken = await client.PostAsync("test-runs/import", content);
        var refused = await client.PostAsync("test-runs/import", announced, static headers => headers.ExpectContinue = true);

        Assert.Equal(HttpStatusCode.Created, taken.Status);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "payload-too-large"), (refused.Status, refused.Code));
    }

    /// <summary>A fault of the batches that commits are written in.</summary>
    private ActiveFault Strike(Fault fault, int skip, int? times = null) =>
        system.Account.Faults.Add(new FaultRule { Fault = fault, Requests = [RequestKind.Batch], Container = "events", Skip = skip, Times = times });

    private static async Task<Answer> ImportAsync(TenantClient client)
    {
        using var content = new ByteArrayContent(Report) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } };
        return await client.PostAsync("test-runs/import", content);
    }

    private static async Task AssertWholeAsync(TenantClient client)
    {
        var events = await client.ListAsync("events?aggregateType=TestRun&maxCount=1000");
        Assert.Equal(Tests + 3, events.Count);
        var results = events.Where(static e => e["type"]!.GetValue<string>() == "TestResultRecorded");
        Assert.Equal(Tests, results.DistinctBy(static e => e["data"]!["testCaseId"]!.GetValue<string>()).Count());
        Assert.Equal(Enumerable.Range(1, Tests + 3), events.Select(static e => e["version"]!.GetValue<int>()).Order());
    }

    private static async Task<int> CountAsync(TenantClient client) => (await client.GetAsync("event-count")).Json["count"]!.GetValue<int>();
}

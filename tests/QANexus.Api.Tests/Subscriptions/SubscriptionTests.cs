using System.Net;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.Subscriptions;

public sealed class SubscriptionTests
{
    private const string Subscriptions = "/api/v1/tenants/t1/subscriptions";
    private const string Parked = Subscriptions + "/run-subscribers/parked";
    private const string OneParked =
        """{"value":[{"streamId":"Bug:b1","handler":"audit-trail","commit":7,"eventId":"Bug:b1:9","eventType":"Reported","error":"InvalidOperationException: no","attempts":5,"since":"2026-11-23T10:00:00Z","lastAt":"2026-11-23T10:00:02.5Z"}]}""";

    [Fact]
    public async Task Subscriptions_are_listed_with_their_lag_and_counts()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(
            """{"value":[{"name":"project-views","handlers":["stream-list"],"lag":{"commits":3,"seconds":1.25,"isExact":true},"counts":{"handlers":1,"parked":1}}]}""",
            (await host.GetAsync(Subscriptions)).Text);
    }

    [Fact]
    public async Task Parked_streams_are_listed_with_what_went_wrong()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(OneParked, (await host.GetAsync(Parked)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync(Subscriptions + "/nothing/parked")).Status);
    }

    [Theory]
    [InlineData("retry", null, "retry Bug:b1 ")]
    [InlineData("retry", """{"handler":"audit-trail"}""", "retry Bug:b1 audit-trail")]
    [InlineData("skip", """{"reason":"cannot be told"}""", "skip Bug:b1  cannot be told development")]
    [InlineData("skip", """{"reason":"cannot be told","handler":"audit-trail"}""", "skip Bug:b1 audit-trail cannot be told development")]
    public async Task A_parked_stream_goes_on_as_asked_and_the_answer_says_what_is_left(string action, string? body, string asked)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Post, $"{Parked}/Bug:b1/{action}", body);

        Assert.Equal(OneParked, answer.Text);
        Assert.Equal(asked, Assert.Single(host.ReadModels.Asked));
    }

    [Theory]
    [InlineData("/Bug:b1/skip", null, 415, "")]
    [InlineData("/Bug:b1/skip", "{}", 400, "/reason")]
    [InlineData("/Bug:b1/skip", """{"reason":" "}""", 400, "/reason")]
    [InlineData("/Bug:b1/skip", """{"reason":"\ud800"}""", 400, "/reason")]
    [InlineData("/Bug:b1/retry", """{"handler":"\udc00\ud800"}""", 400, "/handler")]
    [InlineData("/Bug:b1/skip", """{"reason":"a","reason":"b"}""", 400, "/reason")]
    [InlineData("/Bug:b1/retry", """{"reason":"x"}""", 400, "/reason")]
    [InlineData("/Bug:b1/retry", """{"handler":"NO"}""", 400, "/handler")]
    [InlineData("/Bug:b1/retry", "[]", 400, "")]
    [InlineData("/Bug:b1/retry", "{", 400, null)]
    [InlineData("/Bug/retry", null, 400, "/path/streamId")]
    public async Task A_request_that_is_not_right_changes_nothing(string path, string? body, int status, string? pointer)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Post, Parked + path, body);

        Assert.Equal(status, (int)answer.Status);
        Assert.Empty(host.ReadModels.Asked);
        Assert.Equal(status == 400 && pointer is not null, answer.Json.TryGetProperty("errors", out var errors) && errors.TryGetProperty(pointer!, out _));
    }
}

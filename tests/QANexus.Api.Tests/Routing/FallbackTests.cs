using System.Net;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.Routing;

public sealed class FallbackTests
{
    [Theory]
    [InlineData("GET", "/api/")]
    [InlineData("GET", "/api/v1")]
    [InlineData("POST", "/api/v2/tenants/t1/events")]
    [InlineData("GET", "/api/v1/tenants//events")]
    [InlineData("OPTIONS", "/api/v1/tenants/t1/streams/Requirement")]
    [InlineData("DELETE", "/api/v1/%2e%2f%25{x}?x=%00")]
    public async Task An_unknown_route_is_a_problem(string method, string url)
    {
        await using var host = await ApiHost.StartAsync();

        (await host.SendAsync(new HttpMethod(method), url)).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("PUT", ApiHost.Stream, "GET, POST")]
    [InlineData("PATCH", "/api/v1/tenants/t1/events", "DELETE, GET")]
    [InlineData("DELETE", "/api/v1/tenants/t1/events/e1", "GET")]
    [InlineData("DELETE", "/api/v1/tenants/t1/events/e1/redact", "POST")]
    [InlineData("POST", "/api/v1/tenants/t1/event-count", "GET")]
    [InlineData("PATCH", "/api/health/live", "GET")]
    [InlineData("PROPFIND", "/api/v1/schemas", "GET")]
    [InlineData("QUERY", "/api/v1/tenants/t1/events", "DELETE, GET")]
    public async Task A_wrong_method_is_a_problem_that_names_the_right_ones(string method, string url, string allow)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = (await host.SendAsync(new HttpMethod(method), url)).IsProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");

        Assert.Equal(allow, answer.Headers["Allow"]);
        Assert.Equal(url, answer.Json.GetProperty("instance").GetString());
    }
}

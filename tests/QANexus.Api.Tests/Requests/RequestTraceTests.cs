using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using QANexus.Api.Requests;

namespace QANexus.Api.Tests.Requests;

public sealed class RequestTraceTests
{
    private const string Remote = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    public RequestTraceTests() => Activity.Current = null;

    [Fact]
    public void The_hosts_activity_is_the_trace()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.Equal(new RequestTrace(activity.TraceId.ToHexString(), activity.Id!), RequestTrace.Of(Request(Remote)));
    }

    [Fact]
    public void Without_an_activity_the_callers_trace_goes_on() =>
        Assert.Equal(new RequestTrace("0af7651916cd43dd8448eb211c80319c", Remote), RequestTrace.Of(Request(Remote)));

    [Theory]
    [InlineData("not-a-trace")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("")]
    [InlineData(null)]
    public void Without_either_there_is_a_new_trace(string? header)
    {
        var one = RequestTrace.Of(Request(header));
        var other = RequestTrace.Of(Request(header));

        Assert.NotEqual(one.TraceId, other.TraceId);
        Assert.Matches($"^00-{one.TraceId}-[0-9a-f]{{16}}-00$", one.TraceParent);
    }

    [Fact]
    public void A_trace_that_is_named_twice_is_not_believed() =>
        Assert.NotEqual("0af7651916cd43dd8448eb211c80319c", RequestTrace.Of(Request(Remote, Remote)).TraceId);

    private static HttpRequest Request(params string?[] traceParent)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.TraceParent = traceParent;
        return request;
    }
}

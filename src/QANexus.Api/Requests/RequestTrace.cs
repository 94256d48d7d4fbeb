using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace QANexus.Api.Requests;

/// <summary>The W3C trace context of a request: the host's, else the caller's, else a new one.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="TraceParent">The <c>traceparent</c> for what the request causes.</param>
internal readonly record struct RequestTrace(string TraceId, string TraceParent)
{
    public static RequestTrace Of(HttpRequest request)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            return new RequestTrace(activity.TraceId.ToHexString(), activity.Id!);
        }

        var header = request.Headers[HeaderNames.TraceParent];
        var context = header is [{ } text] && ActivityContext.TryParse(text, traceState: null, out var remote)
            ? remote
            : new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);
        return new RequestTrace(context.TraceId.ToHexString(), $"00-{context.TraceId}-{context.SpanId}-{(int)context.TraceFlags & 0xFF:x2}");
    }
}

using Microsoft.AspNetCore.Http;

namespace QANexus.Api.Responses;

/// <summary>
/// The only <see cref="IResult"/> of the API. It has no public properties: the Functions worker serialises what a function returns once more,
/// for the host, and must find nothing to send.
/// </summary>
internal sealed class ApiResult(
    int status, IReadOnlyList<KeyValuePair<string, string>> headers, string? contentType, Func<HttpContext, Task>? sendBody) : IResult
{
    public ApiResult(int status, IReadOnlyList<KeyValuePair<string, string>> headers, string? contentType, ReadOnlyMemory<byte> body)
        : this(status, headers, contentType, contentType is null ? null : context => SendAsync(context.Response, body))
    {
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            response.Headers.Append(name, value);
        }

        if (contentType is not null)
        {
            response.ContentType = contentType;
        }

        if (sendBody is not null)
        {
            await sendBody(httpContext);
        }
    }

    private static async Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        response.ContentLength = body.Length;
        // Without a token: writing to a client that has gone ends quietly, cancelling the write would fail the invocation.
        await response.Body.WriteAsync(body, CancellationToken.None);
    }
}

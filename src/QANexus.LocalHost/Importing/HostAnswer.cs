using System.Globalization;
using System.Net;

namespace QANexus.LocalHost.Importing;

/// <summary>What a host's answer, or none, means to whoever sends it something.</summary>
internal static class HostAnswer
{
    /// <summary>Whether the address is that of a host that runs.</summary>
    /// <returns>Null if it is; else why not.</returns>
    public static async Task<string?> FindProblemAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync("api/health/live", cancellationToken);
            return response.IsSuccessStatusCode
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{http.BaseAddress} is not an event store: it answers {(int)response.StatusCode} to /api/health/live");
        }
        catch (Exception failure) when (IsMissing(failure, cancellationToken))
        {
            return $"nothing answers at {http.BaseAddress} ({failure.Message}); is the host running?";
        }
    }

    /// <summary>The address that requests to a host are relative to.</summary>
    public static Uri WithSlash(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");

    /// <summary>Whether the same request may get another answer later.</summary>
    public static bool MayPass(HttpStatusCode status) => status
        is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;

    /// <summary>A time-out of the client's own is a cancellation that nobody asked for.</summary>
    public static bool IsMissing(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>How long the host asks to wait, if it does.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) =>
        response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
}

using System.Collections.Concurrent;

namespace QANexus.LocalHost.Tests.Importing;

/// <summary>An append as a host receives it.</summary>
internal sealed record ReceivedAppend(string Path, string Key, string? IfMatch, string Body, string? ContentType, int Attempt, CancellationToken Cancellation)
{
    public static async Task<ReceivedAppend> ReadAsync(
        HttpRequestMessage request, ConcurrentDictionary<string, int> attempts, CancellationToken cancellationToken)
    {
        var key = Assert.Single(request.Headers.GetValues("Idempotency-Key"));
        return new ReceivedAppend(
            request.RequestUri!.AbsolutePath,
            key,
            request.Headers.IfMatch.SingleOrDefault()?.ToString(),
            await request.Content!.ReadAsStringAsync(cancellationToken),
            request.Content.Headers.ContentType?.ToString(),
            attempts.AddOrUpdate(key, 1, static (_, count) => count + 1),
            cancellationToken);
    }
}

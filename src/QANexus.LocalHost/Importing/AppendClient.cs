using System.Net;
using System.Net.Http.Headers;

namespace QANexus.LocalHost.Importing;

/// <summary>Sends lines to a host, each as often as it takes to learn what became of it.</summary>
internal sealed class AppendClient(HttpClient http, RetryPolicy retries, TimeProvider time)
{
    /// <param name="line">The line.</param>
    /// <param name="position">Where its stream must be; null where that is not known.</param>
    /// <param name="stopping">Ends waiting for a next attempt.</param>
    /// <param name="abort">Ends an attempt under way.</param>
    /// <exception cref="OperationCanceledException">Either was cancelled before the outcome was known.</exception>
    public async Task<AppendOutcome> AppendAsync(
        ImportLine line, EntityTagHeaderValue? position, CancellationToken stopping, CancellationToken abort)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? retryAfter = null;
            AppendOutcome failure;
            try
            {
                using var request = CreateRequest(line, position);
                using var response = await http.SendAsync(request, abort);
                if (!HostAnswer.MayPass(response.StatusCode))
                {
                    return await JudgeAsync(response, abort);
                }

                retryAfter = HostAnswer.RetryAfter(response, time);
                failure = new AppendOutcome.Failed(await ProblemText.ReadAsync(response, abort));
            }
            catch (Exception unanswered) when (HostAnswer.IsMissing(unanswered, abort))
            {
                failure = new AppendOutcome.Unanswered($"no answer ({unanswered.Message})");
            }

            if (attempt == retries.Attempts)
            {
                return failure;
            }

            await Task.Delay(retries.DelayAfter(attempt, retryAfter), time, stopping);
        }
    }

    private static HttpRequestMessage CreateRequest(ImportLine line, EntityTagHeaderValue? position)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri($"api/v1/tenants/{line.Tenant}/streams/{line.Stream.AggregateType}/{line.Stream.AggregateId}/events", UriKind.Relative))
        {
            Content = new ReadOnlyMemoryContent(line.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", line.CommitId.Value);
        if (position is not null)
        {
            request.Headers.IfMatch.Add(position);
        }

        return request;
    }

    private static async Task<AppendOutcome> JudgeAsync(HttpResponseMessage response, CancellationToken cancellationToken) => response.StatusCode switch
    {
        HttpStatusCode.OK or HttpStatusCode.Created when response.Headers.ETag is { } position =>
            new AppendOutcome.Stored(position, IsReplay: response.StatusCode is HttpStatusCode.OK),
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity =>
            new AppendOutcome.Refused(await ProblemText.ReadAsync(response, cancellationToken)),
        _ => new AppendOutcome.Failed(await ProblemText.ReadAsync(response, cancellationToken)),
    };
}

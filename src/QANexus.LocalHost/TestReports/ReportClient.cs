using System.Net;
using System.Net.Http.Headers;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.TestReports;

/// <summary>Sends reports to a host as they lie on the disk, each as often as it takes to learn what became of it: the same content is the same run.</summary>
internal sealed class ReportClient(HttpClient http, ReportUploadOptions options, RetryPolicy retries, TimeProvider time)
{
    private readonly Uri route = RouteOf(options);

    /// <exception cref="OperationCanceledException">Stopped before the outcome was known; importing again settles it.</exception>
    public async Task<ReportOutcome> SendAsync(string path, CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? retryAfter = null;
            string failure;
            try
            {
                await using var file = TryOpen(path, out var unreadable);
                if (file is null)
                {
                    return new ReportOutcome.Failed(unreadable);
                }

                using var request = CreateRequest(file, Path.GetFileName(path));
                using var response = await http.SendAsync(request, stopping);
                if (!HostAnswer.MayPass(response.StatusCode))
                {
                    return await JudgeAsync(response, stopping);
                }

                retryAfter = HostAnswer.RetryAfter(response, time);
                failure = await ProblemText.ReadAsync(response, stopping);
            }
            catch (Exception unanswered) when (HostAnswer.IsMissing(unanswered, stopping))
            {
                failure = $"no answer ({unanswered.Message})";
            }

            if (attempt == retries.Attempts)
            {
                return new ReportOutcome.Failed(failure);
            }

            await Task.Delay(retries.DelayAfter(attempt, retryAfter), time, stopping);
        }
    }

    private static Uri RouteOf(ReportUploadOptions options)
    {
        var links = new[] { ("sprintId", options.Sprint), ("releaseId", options.Release) }
            .Where(static link => link.Item2 is not null).Select(static link => $"{link.Item1}={Uri.EscapeDataString(link.Item2!)}");
        return new Uri($"api/v1/tenants/{Uri.EscapeDataString(options.Tenant)}/test-runs/import?{string.Join('&', links)}".TrimEnd('?'), UriKind.Relative);
    }

    private static FileStream? TryOpen(string path, out string problem)
    {
        problem = string.Empty;
        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read ({failure.Message})";
            return null;
        }
    }

    private static async Task<ReportOutcome> JudgeAsync(HttpResponseMessage response, CancellationToken cancellationToken) => response.IsSuccessStatusCode
        ? new ReportOutcome.Imported(TestRunLines.Read(
            await response.Content.ReadAsByteArrayAsync(cancellationToken), isRepeat: response.StatusCode is HttpStatusCode.OK))
        : new ReportOutcome.Failed(await ProblemText.ReadAsync(response, cancellationToken));

    private HttpRequestMessage CreateRequest(FileStream file, string name)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StreamContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name };
        request.Headers.Authorization = options.Token is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
        // Who may not, or sends too much, hears of it before the file has gone over the wire.
        request.Headers.ExpectContinue = true;
        return request;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.EventStore.Streams;

namespace QANexus.Api.TestReports;

/// <summary>What a request says about the report that is its body.</summary>
/// <param name="SprintId">The sprint that the run is for.</param>
/// <param name="ReleaseId">The release that the run is for.</param>
/// <param name="FileName">What the caller calls the report: the <c>filename</c> of <c>Content-Disposition</c>.</param>
internal sealed record TestReportRequest(AggregateId? SprintId, AggregateId? ReleaseId, string? FileName)
{
    /// <summary>UTF-16 code units of a file's name.</summary>
    public const int MaxFileNameLength = 255;

    private const string LinkRule = "must be 1-128 of A-Z, a-z, 0-9, '.', '_', '~', '@' and '-', but not '.' or '..'";

    public static bool TryRead(HttpRequest request, out TestReportRequest read, out Problem? problem)
    {
        var parameters = new QueryParameters(request.Query);
        read = new TestReportRequest(
            parameters.Value<AggregateId>("sprintId", AggregateId.TryParse, LinkRule),
            parameters.Value<AggregateId>("releaseId", AggregateId.TryParse, LinkRule),
            FileName: null);
        if (!parameters.IsValid(out problem))
        {
            return false;
        }

        if (!ContentNegotiation.Sends(request.Headers, "application/xml", "text/xml", "application/octet-stream"))
        {
            problem = new Problem(
                ProblemCode.UnsupportedMediaType,
                "The body must be a report as application/xml, text/xml or application/octet-stream, without a content coding.");
            return false;
        }

        if (!TryReadFileName(request.Headers.ContentDisposition, out var fileName))
        {
            problem = Problem.Invalid(ProblemError.InHeader(
                HeaderNames.ContentDisposition, $"must come once, its filename at most {MaxFileNameLength} characters without control characters"));
            return false;
        }

        read = read with { FileName = fileName };
        return true;
    }

    private static bool TryReadFileName(StringValues header, out string? fileName)
    {
        fileName = null;
        if (header.Count == 0)
        {
            return true;
        }

        if (header is not [{ } text] || !ContentDispositionHeaderValue.TryParse(text, out var disposition))
        {
            return false;
        }

        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        fileName = string.IsNullOrWhiteSpace(name.Value) ? null : name.Value;
        return fileName is null
            || (fileName.Length <= MaxFileNameLength && !fileName.Any(static character => char.IsControl(character) || char.IsSurrogate(character)));
    }
}

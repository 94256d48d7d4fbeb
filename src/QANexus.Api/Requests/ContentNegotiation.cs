using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Problems;
using QANexus.Api.Responses;

namespace QANexus.Api.Requests;

/// <summary>What representations a request sends and takes.</summary>
internal static class ContentNegotiation
{
    /// <summary>Whether <c>Accept</c> leaves JSON in. One that is absent, or that nobody can read, asks for nothing in particular.</summary>
    public static bool AcceptsJson(IHeaderDictionary headers) =>
        !MediaTypeHeaderValue.TryParseList(headers.Accept, out var ranges)
        || Accepts(ranges, JsonAnswer.MediaType)
        || Accepts(ranges, ProblemBody.MediaType);

    /// <summary>
    /// Whether <c>Accept</c> names event streams, and JSON neither by name nor with more weight: who merely takes anything gets JSON.
    /// </summary>
    public static bool PrefersEventStream(IHeaderDictionary headers) =>
        MediaTypeHeaderValue.TryParseList(headers.Accept, out var ranges)
        && ranges.Any(static range => Names(range, LiveAnswer.MediaType))
        && IsHeavier(Weight(ranges, LiveAnswer.MediaType), Weight(ranges, JsonAnswer.MediaType), ranges.Any(static range => Names(range, JsonAnswer.MediaType)));

    /// <summary>Whether the body is JSON in UTF-8 without a content coding.</summary>
    public static bool SendsJson(IHeaderDictionary headers) =>
        IsPlain(headers)
        && headers.ContentType is [{ } text]
        && MediaTypeHeaderValue.TryParse(text, out var type)
        && type.MediaType.Equals(JsonAnswer.MediaType, StringComparison.OrdinalIgnoreCase)
        && type.Parameters.Where(static parameter => parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase))
            .All(static charset => HeaderUtilities.RemoveQuotes(charset.Value).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the body is of one of <paramref name="mediaTypes"/>, whatever parameters it names, without a content coding.</summary>
    public static bool Sends(IHeaderDictionary headers, params ReadOnlySpan<string> mediaTypes)
    {
        if (!IsPlain(headers)
            || headers.ContentType is not [{ } text] || !MediaTypeHeaderValue.TryParse(text, out var type))
        {
            return false;
        }

        foreach (var mediaType in mediaTypes)
        {
            if (type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>No content coding, which is also what <c>identity</c> says.</summary>
    private static bool IsPlain(IHeaderDictionary headers) =>
        headers.ContentEncoding is [] or [""]
        || (headers.ContentEncoding is [{ } coding] && coding.Equals("identity", StringComparison.OrdinalIgnoreCase));

    private static bool Accepts(IList<MediaTypeHeaderValue> ranges, string mediaType) => Weight(ranges, mediaType) > 0;

    /// <summary>The most specific range that covers the type decides (RFC 9110, section 12.5.1).</summary>
    private static double Weight(IList<MediaTypeHeaderValue> ranges, string mediaType)
    {
        var type = new MediaTypeHeaderValue(mediaType);
        var best = ranges
            .Where(range => type.IsSubsetOf(WithoutQuality(range)))
            .MaxBy(static range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2);
        return best is null ? 0 : best.Quality ?? 1;
    }

    private static bool IsHeavier(double live, double json, bool namesJson) => live > 0 && (namesJson ? live > json : live >= json);

    private static bool Names(MediaTypeHeaderValue range, string mediaType) => range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static MediaTypeHeaderValue WithoutQuality(MediaTypeHeaderValue range) => new(range.MediaType);
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using QANexus.Api.Limits;
using QANexus.Api.Problems;
using QANexus.EventStore.Time;

namespace QANexus.Api.Requests;

/// <summary>
/// Reads a query string strictly: a parameter that nobody asked for, comes twice or cannot be read is an error, an empty one is absent. All errors
/// are collected.
/// </summary>
internal sealed class QueryParameters(IQueryCollection query)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<ProblemError> errors = [];

    public delegate bool Parser<T>(string? text, out T value);

    public string? Text(string name)
    {
        known.Add(name);
        var values = query[name];
        if (values.Count > 1)
        {
            errors.Add(ProblemError.InQuery(name, "appears more than once"));
            return null;
        }

        return string.IsNullOrEmpty(values) ? null : values.ToString();
    }

    /// <param name="name">The parameter.</param>
    /// <param name="parse">Reads it.</param>
    /// <param name="rule">What it must be, for the caller.</param>
    public T? Value<T>(string name, Parser<T> parse, string rule)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (parse(text, out var value))
        {
            return value;
        }

        errors.Add(ProblemError.InQuery(name, rule));
        return null;
    }

    public long? Integer(string name, long min, long max) => Value(
        name,
        (string? text, out long value) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max,
        max == long.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"must be an integer of at least {min}")
            : string.Create(CultureInfo.InvariantCulture, $"must be an integer from {min} to {max}"));

    /// <summary>The <c>maxCount</c> of a page: <paramref name="standard"/> where none is asked for, and never more than the tenant may have.</summary>
    public int MaxCount(int largest, int standard, RequestLimits limits)
    {
        var most = Math.Min(largest, limits.MaxPageSize);
        return (int)(Integer("maxCount", 1, most) ?? Math.Min(standard, most));
    }

    public DateTimeOffset? Time(string name) => Value<DateTimeOffset>(
        name, Rfc3339.TryParse, "must be an RFC 3339 timestamp with Z or an offset, at most seven fractional digits, a plus sign sent as %2B");

    /// <summary>What was wrong, now that every parameter has been asked for.</summary>
    public bool IsValid(out Problem? problem)
    {
        errors.AddRange(query.Keys.Where(name => !known.Contains(name)).Select(static name => ProblemError.InQuery(name, "is not known here")));
        problem = errors.Count == 0 ? null : Problem.Invalid(errors);
        return problem is null;
    }
}

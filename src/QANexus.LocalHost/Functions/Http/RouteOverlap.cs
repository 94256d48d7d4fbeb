using Microsoft.AspNetCore.Routing.Patterns;

namespace QANexus.LocalHost.Functions.Http;

/// <summary>
/// Whether one path can match two routes. The Functions host tries routes in the order of function names and gives literals no precedence, so
/// of two such routes it may take the wrong one where Kestrel takes the right one.
/// </summary>
internal static class RouteOverlap
{
    public static bool Exists(RoutePattern left, RoutePattern right)
    {
        var (shorter, longer) = left.PathSegments.Count <= right.PathSegments.Count
            ? (left.PathSegments, right.PathSegments)
            : (right.PathSegments, left.PathSegments);
        for (var i = 0; i < shorter.Count; i++)
        {
            if (IsCatchAll(shorter[i]) || IsCatchAll(longer[i]))
            {
                return true;
            }

            if (Literal(shorter[i]) is { } a && Literal(longer[i]) is { } b && !string.Equals(a, b, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return longer.Skip(shorter.Count).All(MayBeAbsent);
    }

    private static bool IsCatchAll(RoutePatternPathSegment segment) => segment.Parts is [RoutePatternParameterPart { IsCatchAll: true }];

    private static bool MayBeAbsent(RoutePatternPathSegment segment) =>
        segment.Parts is [RoutePatternParameterPart { IsCatchAll: true } or RoutePatternParameterPart { IsOptional: true }];

    private static string? Literal(RoutePatternPathSegment segment) =>
        segment.Parts is [RoutePatternLiteralPart literal] ? literal.Content : null;
}

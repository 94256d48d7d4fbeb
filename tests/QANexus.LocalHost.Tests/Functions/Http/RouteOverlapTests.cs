using Microsoft.AspNetCore.Routing.Patterns;
using QANexus.LocalHost.Functions.Http;

namespace QANexus.LocalHost.Tests.Functions.Http;

public sealed class RouteOverlapTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "A", true)]
    [InlineData("a", "b", false)]
    [InlineData("a/{x}", "a/b", true)]
    [InlineData("a/{x}", "{y}/b", true)]
    [InlineData("a/{x}", "b/{x}", false)]
    [InlineData("a/{x}/c", "a/{x}", false)]
    [InlineData("a/{x}/c", "a/{x}/d", false)]
    [InlineData("a/{x?}", "a", true)]
    [InlineData("a/{x?}", "a/b/c", false)]
    [InlineData("a/{*x}", "a", true)]
    [InlineData("a/{*x}", "a/b/c/d", true)]
    [InlineData("a/{*x}", "b/c", false)]
    [InlineData("a/v{x}", "a/w", true)]
    public void Two_routes_overlap_when_some_path_matches_both(string left, string right, bool expected)
    {
        Assert.Equal(expected, RouteOverlap.Exists(RoutePatternFactory.Parse(left), RoutePatternFactory.Parse(right)));
        Assert.Equal(expected, RouteOverlap.Exists(RoutePatternFactory.Parse(right), RoutePatternFactory.Parse(left)));
    }
}

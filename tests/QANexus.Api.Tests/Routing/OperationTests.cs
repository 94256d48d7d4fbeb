using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using QANexus.Api.Routing;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.Routing;

public sealed class OperationTests
{
    [Fact]
    public void Every_operation_is_a_function_of_its_name_method_and_route_and_there_are_no_others()
    {
        var functions =
            from function in HttpFunction.All
            where function.Trigger.Route != Routes.Fallback
            from method in function.Methods
            select (function.Name, method, function.Trigger.Route!);

        Assert.Equal(Operations.All.Select(static o => (o.Name, o.Method, o.Route)).Order(), functions.Order());
    }

    [Fact]
    public void Every_operation_on_a_tenant_declares_a_permission_and_no_other_does() =>
        Assert.All(Operations.All, static operation =>
            Assert.Equal(operation.Route.Contains("{tenantId}", StringComparison.Ordinal), operation.Permission is not null));

    [Fact]
    public void The_fallback_takes_every_method_and_its_name_sorts_last()
    {
        var fallback = Assert.Single(HttpFunction.All, static function => function.Trigger.Route == Routes.Fallback);

        Assert.Equal(fallback.Name, HttpFunction.All.Select(static function => function.Name).Max(StringComparer.Ordinal));
        // Only a trigger that names none takes methods that nobody thought of.
        Assert.Empty(fallback.Methods);
    }

    /// <summary>The Functions host takes the first route that fits, in the order of names: literals have no precedence over parameters.</summary>
    [Fact]
    public void No_two_routes_of_one_method_overlap()
    {
        foreach (var group in Operations.All.GroupBy(static operation => operation.Method))
        {
            foreach (var (one, other) in group.SelectMany(one => group.Where(other => other != one).Select(other => (one, other))))
            {
                // A path of the one, with its parameters filled in by values that fit anywhere.
                var path = new PathString("/" + string.Join('/', TemplateParser.Parse(one.Route).Segments.Select(static segment =>
                    segment.Parts[0].IsParameter ? "x" : segment.Parts[0].Text)));
                Assert.False(
                    new TemplateMatcher(TemplateParser.Parse(other.Route), new RouteValueDictionary()).TryMatch(path, []),
                    $"{one.Name} and {other.Name} overlap");
            }
        }
    }

    [Fact]
    public void Function_methods_have_no_overloads_and_bind_every_parameter_of_their_route() =>
        Assert.All(HttpFunction.All, static function =>
        {
            Assert.Single(function.Method.DeclaringType!.GetMethods(), method => method.Name == function.Method.Name);
            Assert.Equal(
                TemplateParser.Parse(function.Trigger.Route!).Parameters.Select(static p => p.Name),
                function.Method.GetParameters().Where(static p => p.ParameterType == typeof(string)).Select(static p => p.Name));
        });
}

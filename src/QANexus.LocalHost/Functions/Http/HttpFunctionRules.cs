using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace QANexus.LocalHost.Functions.Http;

/// <summary>What a function with an HTTP trigger must be for both hosts to route and bind it alike.</summary>
internal static class HttpFunctionRules
{
    /// <exception cref="FunctionDefinitionException">It is not.</exception>
    public static HttpFunction Describe(string name, MethodInfo method, ParameterInfo trigger, HttpTriggerAttribute attribute)
    {
        if (trigger.ParameterType != typeof(HttpRequest))
            throw new FunctionDefinitionException($"Function '{name}' must have its [HttpTrigger] on an HttpRequest.");
        if (method.IsDefined(typeof(RetryAttribute)))
            throw new FunctionDefinitionException($"Function '{name}' has a policy for retries, which an [HttpTrigger] has not: its caller retries.");

        var route = RoutePatternFactory.Parse(attribute.Route ?? name);
        CheckParameters(name, route, method.GetParameters().Except([trigger]).ToList());
        return new HttpFunction(name, method, attribute.Methods, route);
    }

    /// <exception cref="FunctionDefinitionException">One path would find two functions, or a function that takes every path would find it first.</exception>
    public static void CheckRoutes(IReadOnlyList<HttpFunction> functions)
    {
        for (var i = 0; i < functions.Count; i++)
        {
            if (functions[i].IsCatchAll)
            {
                if (i < functions.Count - 1)
                {
                    throw new FunctionDefinitionException(
                        $"Function {functions[i]} takes every path, so its name must sort last; '{functions[^1].Name}' sorts after it.");
                }

                continue;
            }

            for (var j = i + 1; j < functions.Count; j++)
            {
                if (!functions[j].IsCatchAll && functions[i].SharesMethodWith(functions[j]) && RouteOverlap.Exists(functions[i].Route, functions[j].Route))
                {
                    throw new FunctionDefinitionException(
                        $"Functions {functions[i]} and {functions[j]} share a method, and one path matches both '{functions[i].Route.RawText}' and '{functions[j].Route.RawText}'.");
                }
            }
        }
    }

    /// <summary>The worker binds route values by name and leaves a parameter that it cannot bind null, without a word.</summary>
    private static void CheckParameters(string name, RoutePattern route, List<ParameterInfo> parameters)
    {
        var values = parameters.Where(static parameter => parameter.ParameterType != typeof(CancellationToken)).ToList();
        foreach (var parameter in route.Parameters)
        {
            if (!values.Exists(value => value.Name == parameter.Name))
            {
                throw new FunctionDefinitionException($"Function '{name}' has no parameter for '{parameter.Name}' of its route '{route.RawText}'.");
            }
        }

        foreach (var value in values)
        {
            if (route.GetParameter(value.Name!) is not { } parameter || value.ParameterType != typeof(string))
            {
                throw new FunctionDefinitionException(
                    $"Parameter '{value.Name}' of function '{name}' is not a string from its route '{route.RawText}': nothing would bind it.");
            }

            var isNullable = new NullabilityInfoContext().Create(value).WriteState is NullabilityState.Nullable;
            if ((parameter.IsCatchAll || parameter.IsOptional) && !isNullable)
            {
                throw new FunctionDefinitionException($"Parameter '{value.Name}' of function '{name}' must be nullable: its part of the path may be empty.");
            }
        }
    }
}

using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace QANexus.LocalHost.Functions;

/// <summary>Finds the function methods among types, and refuses what the two hosts would not run alike.</summary>
internal static class FunctionDiscovery
{
    /// <returns>The functions in the order of their names, which is the order in which the Functions host tries their routes.</returns>
    /// <exception cref="FunctionDefinitionException">A function is not what it must be, or two stand in each other's way.</exception>
    public static IReadOnlyList<HttpFunction> FindIn(IEnumerable<Type> types)
    {
        var methods = types
            .SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(static method => (Method: method, Attribute: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(static found => found.Attribute is not null)
            .Select(static found => Describe(found.Attribute!.Name, found.Method))
            .OrderBy(static function => function.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        CheckNames(methods);
        CheckOverloads(methods);
        CheckRoutes(methods);
        return methods;
    }

    private static HttpFunction Describe(string name, MethodInfo method)
    {
        var parameters = method.GetParameters();
        var triggers = parameters.Where(static parameter => parameter.IsDefined(typeof(HttpTriggerAttribute))).ToList();
        if (triggers is not [var trigger] || trigger.ParameterType != typeof(HttpRequest))
        {
            throw new FunctionDefinitionException($"Function '{name}' must have one [HttpTrigger], on an HttpRequest.");
        }

        var attribute = trigger.GetCustomAttribute<HttpTriggerAttribute>()!;
        var route = RoutePatternFactory.Parse(attribute.Route ?? name);
        CheckParameters(name, route, parameters.Except([trigger]).ToList());
        return new HttpFunction(name, method, attribute.Methods, route);
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

    private static void CheckNames(List<HttpFunction> functions)
    {
        foreach (var (first, second) in functions.Zip(functions.Skip(1)))
        {
            if (string.Equals(first.Name, second.Name, StringComparison.OrdinalIgnoreCase))
            {
                throw new FunctionDefinitionException($"Two functions are called '{first.Name}'.");
            }
        }
    }

    private static void CheckOverloads(List<HttpFunction> functions)
    {
        if (functions.GroupBy(static function => (function.Method.DeclaringType, function.Method.Name)).FirstOrDefault(static group => group.Count() > 1)
            is { } overloaded)
        {
            throw new FunctionDefinitionException(
                $"Function methods must not be overloads: {string.Join(", ", overloaded)}.");
        }
    }

    private static void CheckRoutes(List<HttpFunction> functions)
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
}

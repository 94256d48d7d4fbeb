using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using QANexus.LocalHost.Functions.ChangeFeed;
using QANexus.LocalHost.Functions.Http;
using QANexus.LocalHost.Functions.Timers;

namespace QANexus.LocalHost.Functions;

/// <summary>Finds the function methods among types, and refuses what the two hosts would not run alike.</summary>
internal static class FunctionDiscovery
{
    private const BindingFlags Methods =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <returns>The functions in the order of their names, which is the order in which the Functions host tries their routes.</returns>
    /// <exception cref="FunctionDefinitionException">A function is not what it must be, or two stand in each other's way.</exception>
    public static FunctionSet FindIn(IEnumerable<Type> types)
    {
        var functions = types
            .SelectMany(static type => type.GetMethods(Methods))
            .Select(static method => (Method: method, Attribute: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(static found => found.Attribute is not null)
            .Select(static found => Describe(found.Attribute!.Name, found.Method))
            .OrderBy(static function => function.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        CheckNames(functions);
        CheckOverloads(functions);
        var found = new FunctionSet(
            [.. functions.OfType<HttpFunction>()], [.. functions.OfType<ChangeFeedFunction>()], [.. functions.OfType<TimerFunction>()]);
        HttpFunctionRules.CheckRoutes(found.Http);
        ChangeFeedFunctionRules.CheckPrefixes(found.ChangeFeed);
        return found;
    }

    private static Function Describe(string name, MethodInfo method)
    {
        if (!IsName(name) || string.Equals(name, "host", StringComparison.OrdinalIgnoreCase))
            throw new FunctionDefinitionException($"'{name}' is no name for a function: a letter, then letters, digits, '-' and '_', 128 at most, and not 'host'.");
        if (!method.IsPublic || method.IsStatic)
            throw new FunctionDefinitionException($"The method of function '{name}' must be a public one of an instance.");

        var triggers = method.GetParameters()
            .SelectMany(static parameter => parameter.GetCustomAttributes(), static (parameter, attribute) => (Parameter: parameter, Attribute: attribute))
            .Where(static found => found.Attribute is HttpTriggerAttribute or CosmosDBTriggerAttribute or TimerTriggerAttribute)
            .ToList();
        if (triggers is not [var trigger])
            throw new FunctionDefinitionException($"Function '{name}' must have one [HttpTrigger], [CosmosDBTrigger] or [TimerTrigger].");

        return trigger.Attribute switch
        {
            HttpTriggerAttribute http => HttpFunctionRules.Describe(name, method, trigger.Parameter, http),
            CosmosDBTriggerAttribute changeFeed => ChangeFeedFunctionRules.Describe(name, method, trigger.Parameter, changeFeed),
            var timer => TimerFunctionRules.Describe(name, method, trigger.Parameter, (TimerTriggerAttribute)timer),
        };
    }

    private static void CheckNames(List<Function> functions)
    {
        foreach (var (first, second) in functions.Zip(functions.Skip(1)))
        {
            if (string.Equals(first.Name, second.Name, StringComparison.OrdinalIgnoreCase))
            {
                throw new FunctionDefinitionException($"Two functions are called '{first.Name}'.");
            }
        }
    }

    private static void CheckOverloads(List<Function> functions)
    {
        if (functions.GroupBy(static function => (function.Method.DeclaringType, function.Method.Name)).FirstOrDefault(static group => group.Count() > 1)
            is { } overloaded)
        {
            throw new FunctionDefinitionException(
                $"Function methods must not be overloads: {string.Join(", ", overloaded)}.");
        }
    }

    /// <summary>By the rule of the Functions host, which ignores a function of any other name.</summary>
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 128 && char.IsAsciiLetter(name[0]) && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');
}

using System.Reflection;

namespace QANexus.LocalHost.Functions;

/// <summary>What the methods of all functions in the background have in common.</summary>
internal static class BackgroundMethod
{
    /// <exception cref="FunctionDefinitionException">The method takes or returns something else than both hosts pass and await.</exception>
    public static void Check(string name, MethodInfo method, ParameterInfo trigger, Type triggerType)
    {
        if (trigger.ParameterType != triggerType)
            throw new FunctionDefinitionException($"The trigger of function '{name}' must be on a {triggerType.Name}, not on a {trigger.ParameterType.Name}.");
        if (method.ReturnType != typeof(Task))
        {
            throw new FunctionDefinitionException(
                $"Function '{name}' must return a Task: a value would go nowhere, and what is not awaited would fail unseen.");
        }

        if (method.GetParameters().FirstOrDefault(other => other != trigger && other.ParameterType != typeof(CancellationToken)) is { } unbound)
            throw new FunctionDefinitionException($"Parameter '{unbound.Name}' of function '{name}' is no CancellationToken: nothing would bind it.");
    }
}

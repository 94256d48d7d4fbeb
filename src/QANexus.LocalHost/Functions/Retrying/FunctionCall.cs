using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace QANexus.LocalHost.Functions.Retrying;

/// <summary>Calls a function in the background as the worker does: each call in a scope of its own, on an instance of its own.</summary>
internal sealed class FunctionCall
{
    private readonly BackgroundFunction function;
    private readonly IServiceScopeFactory scopes;
    private readonly ObjectFactory create;

    public FunctionCall(BackgroundFunction function, IServiceScopeFactory scopes)
    {
        (this.function, this.scopes) = (function, scopes);
        create = ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, Type.EmptyTypes);
    }

    /// <returns>What the function threw, or what kept it from being called; null where it succeeded.</returns>
    public async Task<Exception?> TryAsync(object trigger, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var arguments = function.Method.GetParameters()
                .Select(parameter => parameter.ParameterType == typeof(CancellationToken) ? cancellationToken : trigger)
                .ToArray();
            var instance = create(scope.ServiceProvider, null);
            await (Task)function.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}

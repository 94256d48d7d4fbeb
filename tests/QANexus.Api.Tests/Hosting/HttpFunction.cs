using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace QANexus.Api.Tests.Hosting;

/// <summary>A deployed function method with its trigger.</summary>
internal sealed record HttpFunction(string Name, MethodInfo Method, HttpTriggerAttribute Trigger)
{
    public static IReadOnlyList<HttpFunction> All { get; } =
    [
        .. from type in typeof(HttpFunction).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           let trigger = method.GetParameters().Select(static parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).First(static found => found is not null)
           select new HttpFunction(function.Name, method, trigger),
    ];

    public IEnumerable<string> Methods => Trigger.Methods.Select(static method => method.ToUpperInvariant());
}

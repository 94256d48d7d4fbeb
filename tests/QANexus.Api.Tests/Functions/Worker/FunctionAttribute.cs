namespace Microsoft.Azure.Functions.Worker;

/// <summary>Signature of the worker's attribute, as far as the function classes use it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

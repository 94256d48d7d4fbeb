namespace Microsoft.Azure.Functions.Worker;

/// <summary>Signature of the worker's attribute, whose package is not on every feed; the linked function classes compile against it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

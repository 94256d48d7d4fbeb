namespace Microsoft.Azure.Functions.Worker;

/// <summary>Signature of the worker's attribute, as far as the function classes use it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    public string[] Methods { get; } = methods;

    public string? Route { get; set; }
}

/// <inheritdoc cref="HttpTriggerAttribute"/>
internal enum AuthorizationLevel
{
    Anonymous,
}

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Signature of the worker's attribute. Without methods the function answers every one.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    public string[] Methods { get; } = methods;

    public string? Route { get; set; }
}

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Signature of the worker's attribute: how often a failed call is repeated, -1 for without end.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal abstract class RetryAttribute : Attribute
{
    public int MaxRetryCount { get; set; }
}

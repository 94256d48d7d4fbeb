namespace Microsoft.Azure.Functions.Worker;

/// <summary>Signature of the worker's attribute. The delay is a time of the form hh:mm:ss.</summary>
internal sealed class FixedDelayRetryAttribute : RetryAttribute
{
    public FixedDelayRetryAttribute(int maxRetryCount, string delayInterval) => (MaxRetryCount, DelayInterval) = (maxRetryCount, delayInterval);

    public string DelayInterval { get; }
}

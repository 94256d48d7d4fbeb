namespace QANexus.LocalCosmos;

/// <summary>A failure of the server itself.</summary>
/// <param name="failure">What was thrown.</param>
public sealed class UnhandledFailureEventArgs(Exception failure) : EventArgs
{
    /// <summary>What was thrown.</summary>
    public Exception Failure { get; } = failure;
}

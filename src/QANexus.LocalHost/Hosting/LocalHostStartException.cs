namespace QANexus.LocalHost.Hosting;

/// <summary>The host cannot start for a reason that its user can mend; the message is one line that says which.</summary>
public sealed class LocalHostStartException(string message, Exception? innerException = null) : Exception(message, innerException);

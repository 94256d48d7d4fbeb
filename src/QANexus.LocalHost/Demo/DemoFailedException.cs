namespace QANexus.LocalHost.Demo;

/// <summary>The host did not do what the demonstration shows; the message is a line for whoever watches.</summary>
internal sealed class DemoFailedException(string message, Exception? innerException = null) : Exception(message, innerException);

namespace QANexus.LocalCosmos.Hosting;

/// <summary>The server could not listen on its port, most often because another process does. The message names the address and the reason.</summary>
public sealed class EndpointUnavailableException : IOException
{
    internal EndpointUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

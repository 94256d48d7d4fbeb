namespace QANexus.LocalCosmos.Storage;

/// <summary>The data cannot be opened or read: in use by another process, not this server's, of another version, or damaged. The message says which and names the file.</summary>
public sealed class StoreException(string message, Exception? innerException = null) : Exception(message, innerException);

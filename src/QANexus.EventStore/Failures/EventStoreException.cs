namespace QANexus.EventStore.Failures;

/// <summary>The store could not do what it was asked. Expected outcomes are results, never exceptions.</summary>
public abstract class EventStoreException(string message, Exception? innerException = null) : Exception(message, innerException);

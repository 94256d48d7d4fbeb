namespace QANexus.EventStore.Failures;

/// <summary>A position that the feed cannot go on from: it is none, or belongs to a container that does not exist any more. Begin anew.</summary>
public sealed class InvalidFeedPositionException(string message, Exception? innerException = null) : EventStoreException(message, innerException);

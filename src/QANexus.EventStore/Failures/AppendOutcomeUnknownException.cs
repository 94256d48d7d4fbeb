using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Failures;

/// <summary>
/// An append was sent and its outcome could not be learnt: it may be stored or not. Repeating the request with <see cref="CommitId"/> settles it.
/// </summary>
public sealed class AppendOutcomeUnknownException(CommitId commitId, TimeSpan retryAfter, Exception? innerException = null)
    : EventStoreException($"The outcome of the append is unknown; repeat it with the commit id '{commitId}'.", innerException)
{
    /// <summary>The key to repeat the append with, whoever chose it.</summary>
    public CommitId CommitId { get; } = commitId;

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}

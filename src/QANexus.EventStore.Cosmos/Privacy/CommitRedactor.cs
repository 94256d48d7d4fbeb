using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>
/// One redaction, commit by commit. Each is read at the primary, printed anew and replaced if it is still what was read; whatever answer is lost or
/// late, the document itself tells what is left to do.
/// </summary>
internal sealed class CommitRedactor(
    TenantId tenant, CommitDocuments documents, Redaction redaction, int maxAttempts, Backoff backoff, ChargeMeter charge)
{
    private static readonly TimeSpan RetryAfterContention = TimeSpan.FromSeconds(1);

    /// <summary>A write was sent: something may have changed, whatever comes of the rest.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The events of the place's id, all of them redacted; none where the commit has gone.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or others redact in the commit all the time.</exception>
    public async Task<IReadOnlyList<RecordedEvent>> RedactAsync(EventPlace place, CancellationToken cancellationToken)
    {
        var id = CommitNumber.ToId(place.Commit);
        var partition = StreamPartition.Of(tenant, place.Stream);
        for (var attempt = 1; ; attempt++)
        {
            var (document, failure) = await documents.ReadAsync(id, partition, charge, cancellationToken);
            if (document is not null)
            {
                var commit = CommitReader.Read(document.Json, place.Stream);
                if (commit.Events.Where(e => e.Id == place.Id && e.Redaction is null).ToList() is not { Count: > 0 } pending)
                {
                    return [.. commit.Events.Where(e => e.Id == place.Id)];
                }

                failure = await ReplaceAsync(commit, document, pending, partition);
                if (failure is null)
                {
                    // Read back with the next turn: the answer shows what is stored.
                    continue;
                }
            }
            else if (failure is null)
            {
                return [];
            }

            if (attempt >= maxAttempts || !(failure.IsTransient || failure.IsPreconditionFailed || (failure.IsThrottled && HasBegun)))
            {
                throw failure.IsPreconditionFailed
                    ? new StoreUnavailableException($"Others redact in commit {place.Commit} of stream {place.Stream} all the time.", RetryAfterContention)
                    : failure.ToException();
            }

            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    private Task<RequestFailure?> ReplaceAsync(Commit commit, CommitDocument read, List<RecordedEvent> pending, PartitionKey partition)
    {
        var revision = commit.Revision + 1;
        var places = pending.Select(e => checked((int)(e.Version - commit.FirstVersion))).ToHashSet();
        var body = RedactedCommit.Print(read.Json, places, revision, redaction);
        HasBegun = true;
        return documents.ReplaceAsync(CommitNumber.ToId(commit.Number), read, body, partition, charge);
    }
}

using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Cosmos.Snapshots;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>
/// One redaction, commit by commit: the only code that replaces a commit document. Each is read at the primary, printed anew and replaced if it is still
/// what was read; whatever answer is lost or late, the document itself tells what is left to do.
/// </summary>
internal sealed class CommitRedactor(
    TenantId tenant,
    Container events,
    PrimaryReads reads,
    SnapshotDocuments snapshots,
    Redaction redaction,
    int maxAttempts,
    Backoff backoff,
    ChargeMeter charge)
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
        for (var attempt = 1; await reads.ReadAsync(id, partition, charge, cancellationToken) is { } document; attempt++)
        {
            var commit = CommitReader.Read(document.Json, place.Stream);
            var places = commit.Events.Index().Where(e => e.Item.Id == place.Id && e.Item.Redaction is null).Select(static e => e.Index).ToHashSet();
            if (places.Count == 0)
            {
                return [.. commit.Events.Where(e => e.Id == place.Id)];
            }

            HasBegun = true;
            var revision = commit.Revision + 1;
            // First: a snapshot that is taken between the two has not seen this revision and is refused by the tombstone.
            await snapshots.DropAsync(tenant, place.Stream, new Dictionary<long, long> { [place.Commit] = revision }, charge, cancellationToken);
            var body = RedactedCommit.Print(document.Json, places, revision, redaction);
            if (await ReplaceAsync(id, document, body, partition) is not { } failure)
            {
                // Read back with the next turn, so that the answer shows what is stored.
                continue;
            }

            var isChanged = failure.IsPreconditionFailed;
            if (attempt >= maxAttempts || !(isChanged || failure.IsTransient || failure.IsThrottled))
            {
                throw isChanged
                    ? new StoreUnavailableException($"Others redact in commit {place.Commit} of stream {place.Stream} all the time.", RetryAfterContention)
                    : failure.ToException();
            }

            await backoff.WaitAsync(attempt, cancellationToken);
        }

        return [];
    }

    /// <summary>Null where it is done; after any failure the document itself tells.</summary>
    private Task<RequestFailure?> ReplaceAsync(string id, StoredDocument read, byte[] body, PartitionKey partition)
    {
        // A request that is on its way is never cancelled: its outcome is worth more than the time.
        var options = new TransactionalBatchItemRequestOptions { IfMatchEtag = read.ETag };
        var batch = events.CreateTransactionalBatch(partition).ReplaceItemStream(id, new MemoryStream(body, writable: false), options);
        return BatchSending.SendAsync(batch, charge, CancellationToken.None);
    }
}

using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Appending;

/// <summary>Finds appends by their commit id. The receipt is made of what is stored, whatever a repeat of the request would store now.</summary>
internal sealed class StoredAppends(TenantId tenant, CommitReads commits, TailCache tails)
{
    /// <exception cref="CorruptStreamException">A document of the append is missing or cannot be read.</exception>
    public async Task<StoredAppend?> FindAsync(StreamId stream, CommitId commitId, ChargeMeter charge, CancellationToken cancellationToken)
    {
        if (await commits.FindAsync(stream, commitId, charge, cancellationToken) is not { } first)
        {
            return null;
        }

        var append = new CommitSequence(stream, new StreamPosition(first.Number - 1, first.FirstVersion - 1));
        append.Add(first);
        if (first.Part is { Count: > 1 } part)
        {
            await foreach (var commit in commits.QueryAsync(stream, FurtherParts(part), part.Count, charge, cancellationToken))
            {
                append.Add(commit);
            }
        }

        tails.Advance(tenant, stream, append.End);
        AppendedEvent[] events = [.. append.Events.Select(static e => new AppendedEvent(e.Id, e.Version))];
        return new StoredAppend(first.Fingerprint, new AppendReceipt(stream, append.End, commitId, first.StoredAt, events));
    }

    private static QueryDefinition FurtherParts(CommitPart part) =>
        new QueryDefinition("SELECT * FROM c WHERE c.id > @first AND c.id <= @last ORDER BY c.id ASC")
            .WithParameter("@first", CommitNumber.ToId(part.FirstCommit))
            .WithParameter("@last", CommitNumber.ToId(part.FirstCommit + part.Count - 1));
}

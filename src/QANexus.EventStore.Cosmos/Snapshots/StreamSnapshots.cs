using Microsoft.Extensions.Logging;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>One tenant's snapshots in Cosmos DB.</summary>
internal sealed class StreamSnapshots(
    TenantId tenant, SnapshotDocuments documents, SnapshotReplay replay, TailCache tails, EventUpcaster upcaster, TimeProvider time, ILogger logger)
    : IStreamSnapshots
{
    public async Task<StreamLoad> LoadAsync(StreamId stream, string schema, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var document = documents.ReadAsync(tenant, stream, charge, cancellationToken);
        var newest = replay.ReadNewestAsync(stream, charge, cancellationToken);
        await Task.WhenAll(document, newest);
        return await LoadAsync(Judge(stream, schema, await document), await newest, charge, cancellationToken);
    }

    public async Task<FoundSnapshot> FindAsync(StreamId stream, string schema, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var found = Judge(stream, schema, await documents.ReadAsync(tenant, stream, charge, cancellationToken));
        return found with { RequestCharge = charge.Total };
    }

    public Task<StreamLoad> LoadAfterAsync(FoundSnapshot found, CancellationToken cancellationToken) =>
        LoadAsync((FoundDocument)found, newest: null, new ChargeMeter(), cancellationToken);

    public async Task<SnapshotWrite> WriteAsync(StreamLoad load, string schema, string state, CancellationToken cancellationToken)
    {
        var found = (FoundDocument)load.Found;
        if (!load.SawRedactions || found.Document.Revisions is not { } revisions)
        {
            return new SnapshotWrite(SnapshotOutcome.RedactionPending, RequestCharge: 0);
        }

        var json = SnapshotJson.Write(tenant, found.Stream, new StoredState(schema, load.Position, load.LatestStoredAt, time.GetUtcNow(), state), revisions);
        if (json.Length > ISnapshotTaker.MaxBytes)
        {
            SnapshotLog.TooLarge(logger, found.Stream, json.Length, ISnapshotTaker.MaxBytes);
            return new SnapshotWrite(SnapshotOutcome.TooLarge, RequestCharge: 0);
        }

        var charge = new ChargeMeter();
        var failure = await documents.TryWriteAsync(tenant, found.Stream, found.Document, json, charge, cancellationToken);
        if (failure is null)
        {
            return new SnapshotWrite(SnapshotOutcome.Taken, charge.Total);
        }

        if (failure.IsPreconditionFailed || failure.IsConflict || failure.IsNotFound)
        {
            return new SnapshotWrite(SnapshotOutcome.Superseded, charge.Total);
        }

        SnapshotLog.NotWritten(logger, found.Stream, failure.ToException());
        return new SnapshotWrite(SnapshotOutcome.Failed, charge.Total);
    }

    private async Task<StreamLoad> LoadAsync(
        FoundDocument found, IReadOnlyList<Commit>? newest, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var revisions = found.Document.Revisions ?? SnapshotDocument.None.Revisions!;
        var read = await replay.ReadAfterAsync(found.Stream, found.Position, newest, revisions, charge, cancellationToken);
        if (read is null)
        {
            SnapshotLog.Ignored(logger, found.Stream, SnapshotFlaw.TooNew, $"the stream does not pass through {found.Position}");
            found = found with { Snapshot = null };
            read = await replay.ReadAfterAsync(found.Stream, found.Position, newest, revisions, charge, cancellationToken);
        }

        var position = read!.Commits is [.., var last] ? last.End : found.Position;
        tails.Advance(tenant, found.Stream, position);
        var events = await upcaster.UpcastAsync(tenant, [.. read.Commits.SelectMany(static commit => commit.Events)], cancellationToken);
        var latestStoredAt = read.Commits.Select(static commit => commit.StoredAt).Append(found.Snapshot?.LatestStoredAt ?? DateTimeOffset.MinValue).Max();
        return new StreamLoad(found, events, position, latestStoredAt, read.SawRedactions, charge.Total);
    }

    private FoundDocument Judge(StreamId stream, string schema, SnapshotDocument document)
    {
        if (document.Defect is { } defect)
        {
            SnapshotLog.Ignored(logger, stream, SnapshotFlaw.Corrupt, defect);
        }

        if (document.State is not { } state)
        {
            return new FoundDocument(stream, Snapshot: null, document);
        }

        if (!string.Equals(state.Schema, schema, StringComparison.Ordinal))
        {
            SnapshotLog.Ignored(logger, stream, SnapshotFlaw.StaleSchema, "it was made for another state or by another fold");
            return new FoundDocument(stream, Snapshot: null, document);
        }

        return new FoundDocument(stream, new Snapshot(state.Position, state.LatestStoredAt, state.Json), document);
    }
}

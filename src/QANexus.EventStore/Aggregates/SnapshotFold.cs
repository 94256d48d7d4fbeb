using System.Text.Json;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>Folds streams of one tenant from their snapshots on. A snapshot that cannot be read as the state is passed over, not trusted in part.</summary>
internal sealed class SnapshotFold<TState>(AggregateDefinition<TState> definition, IStreamSnapshots snapshots, string schema, ILogger logger)
    where TState : class
{
    /// <summary>The state at the end of the stream: in one round trip, or two.</summary>
    public async Task<FoldedStream<TState>> LoadAsync(StreamId stream, CancellationToken cancellationToken) =>
        await FoldAsync(await snapshots.LoadAsync(stream, schema, cancellationToken), cancellationToken);

    /// <summary>The snapshot alone.</summary>
    public Task<FoundSnapshot> FindAsync(StreamId stream, CancellationToken cancellationToken) => snapshots.FindAsync(stream, schema, cancellationToken);

    /// <summary>The state at the end of the stream, from a snapshot that was read before.</summary>
    public async Task<FoldedStream<TState>> LoadAfterAsync(FoundSnapshot found, CancellationToken cancellationToken) =>
        await FoldAsync(await snapshots.LoadAfterAsync(found, cancellationToken), cancellationToken);

    /// <summary>Keeps the state, unless what is kept has everything already.</summary>
    public async Task<SnapshotWrite> KeepAsync(FoldedStream<TState> folded, CancellationToken cancellationToken)
    {
        var load = folded.Load;
        if (load.Position.Commit <= load.Found.Position.Commit)
        {
            return new SnapshotWrite(SnapshotOutcome.NotDue, RequestCharge: 0);
        }

        var json = JsonSerializer.Serialize(folded.State, definition.StateType);
        var write = await snapshots.WriteAsync(load, schema, json, cancellationToken);
        SnapshotMetrics.Taken.Add(1, new KeyValuePair<string, object?>("outcome", write.Outcome.ToString()));
        return write;
    }

    /// <summary>Says that a snapshot was passed over because the stream does not have what it claims.</summary>
    public void ReportTooNew(FoundSnapshot found) =>
        SnapshotLog.Ignored(logger, found.Stream, SnapshotFlaw.TooNew, $"the stream does not pass through {found.Position}");

    /// <summary>The state to begin with; false where there is a snapshot that cannot be read as one.</summary>
    public bool TryRead(FoundSnapshot found, out TState state)
    {
        state = definition.Initial;
        if (found.Snapshot is not { } snapshot)
        {
            return true;
        }

        try
        {
            state = JsonSerializer.Deserialize(snapshot.State, definition.StateType) ?? throw new JsonException("the state is null");
            return true;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or FormatException)
        {
            // Its message may quote what is in the state.
            SnapshotLog.Ignored(logger, found.Stream, SnapshotFlaw.Corrupt, "it cannot be read as the state");
            return false;
        }
    }

    private async Task<FoldedStream<TState>> FoldAsync(StreamLoad load, CancellationToken cancellationToken)
    {
        var charge = load.RequestCharge;
        if (!TryRead(load.Found, out var state))
        {
            load = await snapshots.LoadAfterAsync(load.Found with { Snapshot = null }, cancellationToken);
            charge += load.RequestCharge;
        }

        return new FoldedStream<TState>(definition.Evolve(state, load.Events), load with { RequestCharge = charge });
    }
}

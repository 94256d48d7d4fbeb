using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>
/// The documents that a session works on. What changed since the last save goes into one write with the checkpoints it belongs to; where that would
/// become too large, the session is asked to save in between.
/// </summary>
internal sealed class ViewDocuments(ProjectionLane lane, TenantId tenant, DeliveryMeter meter)
{
    /// <summary>Bytes of one write at most: half a batch's limit, as sizes are estimates until the end.</summary>
    private const int MaxWriteBytes = 1_000_000;

    /// <summary>Bytes of one document at most, below Cosmos DB's 2 MB.</summary>
    private const int MaxDocumentBytes = 1_900_000;

    private readonly Dictionary<string, Working> documents = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly HashSet<StreamId> unsaved = [];
    private readonly HashSet<StreamId> lost = [];
    private long changedBytes;
    private bool isLost;

    /// <summary>Whether somebody else changed what the stream's events were applied to: nothing since the last save is saved.</summary>
    public bool IsLost(StreamId stream) => lost.Contains(stream);

    public async Task LoadAsync(IEnumerable<StoredView> carriers, IEnumerable<ViewId> targets, CancellationToken cancellationToken)
    {
        foreach (var carrier in carriers)
        {
            documents[carrier.Id] = new Working(carrier);
        }

        var missing = targets.Select(static target => target.Value).Where(id => !documents.ContainsKey(id)).Distinct().ToList();
        if (missing.Count > 0)
        {
            var loaded = await lane.Store.LoadAsync(tenant, lane.Version, missing, meter, cancellationToken);
            foreach (var id in missing)
            {
                documents[id] = new Working(loaded.GetValueOrDefault(id) ?? new StoredView(id));
            }
        }
    }

    /// <summary>Saves what there is, if the next event and its checkpoint would not fit into the same write.</summary>
    public async Task MakeRoomAsync(StreamId stream, IReadOnlyList<ViewId> targets, CancellationToken cancellationToken)
    {
        var carrier = changed.Contains(lane.IdOf(stream)) ? 0 : 1;
        var isFull = changed.Count + carrier + targets.Count(target => !changed.Contains(target.Value)) > IViewStore.MaxDocuments
            || changedBytes > MaxWriteBytes;
        if (isFull && changed.Count > 0)
        {
            await SaveAsync(cancellationToken);
        }
    }

    /// <summary>Applies all changes of an event, or none where one of them fails.</summary>
    public void Apply(ProjectionStep step)
    {
        var after = new Dictionary<string, (object? Document, ViewPosition Through, int Grown)>(StringComparer.Ordinal);
        foreach (var (e, target, apply) in step.Changes)
        {
            var working = documents[target.Value];
            var current = after.TryGetValue(target.Value, out var earlier) ? earlier.Document : working.Document(lane.Projection);
            var next = apply(current);
            var through = step.IsRevision ? working.Through : new ViewPosition(e.Stream, e.Commit, e.Version, e.StoredAt);
            after[target.Value] = (next, through!, working.SizeAfter(lane.Projection, next, e.Data.Utf8.Length, MaxDocumentBytes));
        }

        foreach (var (id, (document, through, size)) in after)
        {
            changedBytes += size - (changed.Contains(id) ? documents[id].Size : 0);
            documents[id].Set(document, through, size);
            changed.Add(id);
        }
    }

    /// <summary>Puts another document in the place of a stream's.</summary>
    public void Replace(StreamId stream, object? document, ViewPosition? through)
    {
        var working = documents[lane.IdOf(stream)];
        working.Set(document, through, working.SizeAfter(lane.Projection, document, MaxDocumentBytes, MaxDocumentBytes));
        changed.Add(lane.IdOf(stream));
    }

    /// <summary>Takes what a roll-up keeps of a stream along in the next save.</summary>
    public void KeepEntry(StreamId stream, byte[]? entry)
    {
        documents[lane.IdOf(stream)].KeepEntry(stream, entry);
        unsaved.Add(stream);
        changed.Add(lane.IdOf(stream));
    }

    /// <summary>Takes a stream's checkpoint along in the next save.</summary>
    public void Keep(StreamId stream, StreamCheckpoint checkpoint)
    {
        var working = documents[lane.IdOf(stream)];
        unsaved.Add(stream);
        if (working.Stored.Checkpoint != checkpoint && !(working.Stored.Checkpoint is null && checkpoint == StreamCheckpoint.Start))
        {
            working.Keep(stream, checkpoint);
            changed.Add(lane.IdOf(stream));
        }
    }

    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        var writes = changed.Select(id => documents[id].ToStored(lane.Projection)).Where(static view => view is not null).Select(static view => view!).ToList();
        if (writes.Count > 0 && !isLost)
        {
            var tags = await lane.Store.TrySaveAsync(tenant, lane.Version, writes, meter, cancellationToken);
            isLost = tags is null;
            for (var i = 0; i < tags?.Count; i++)
            {
                documents[writes[i].Id].Saved(writes[i] with { Tag = tags[i] });
            }
        }

        if (isLost)
        {
            // What follows was applied to documents that are not the stored ones.
            lost.UnionWith(unsaved);
        }

        changed.Clear();
        unsaved.Clear();
        changedBytes = 0;
    }

    /// <summary>A document in memory.</summary>
    private sealed class Working(StoredView stored)
    {
        private object? document;
        private bool isRead;

        public StoredView Stored { get; private set; } = stored;

        public ViewPosition? Through => Stored.Through;

        /// <summary>About how many bytes it takes.</summary>
        public int Size { get; private set; } = stored.Data?.Length ?? 0;

        public object? Document(Projection projection)
        {
            if (!isRead)
            {
                document = Stored.Data is { } data ? projection.Read(data) : null;
                isRead = true;
            }

            return document;
        }

        /// <summary>The size that it may have grown to; measured only where the estimate comes near the limit.</summary>
        public int SizeAfter(Projection projection, object? next, int added, int limit)
        {
            if (next is null || Size + (2L * added) < limit / 2)
            {
                return next is null ? 0 : Size + (2 * added);
            }

            var size = projection.Write(next).Length;
            return size <= limit ? size : throw new InvalidOperationException($"The document would have {size} bytes, more than one can have.");
        }

        public void Set(object? next, ViewPosition? through, int size)
        {
            (document, isRead, Size) = (next, true, size);
            Stored = Stored with { Through = through };
        }

        public void Keep(StreamId stream, StreamCheckpoint checkpoint) => Stored = Stored with { Checkpoint = checkpoint, Stream = stream };

        public void KeepEntry(StreamId stream, byte[]? entry)
        {
            // `condition ? null : memory` would be an empty memory.
            ReadOnlyMemory<byte>? kept = null;
            if (entry is not null)
            {
                kept = entry;
            }

            Stored = Stored with { Entry = kept, Stream = stream };
        }

        public void Saved(StoredView saved) => Stored = saved;

        /// <summary>The document to be written; null where there is none and was none.</summary>
        public StoredView? ToStored(Projection projection)
        {
            // `condition ? null : memory` would be an empty memory.
            ReadOnlyMemory<byte>? data = null;
            if (!isRead)
            {
                data = Stored.Data;
            }
            else if (document is not null)
            {
                data = projection.Write(document);
            }

            var view = Stored with { Data = data };
            return view is { Data: null, Checkpoint: null, Tag: null } ? null : view;
        }
    }
}

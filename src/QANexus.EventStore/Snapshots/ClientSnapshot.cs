using QANexus.EventStore.Json;

namespace QANexus.EventStore.Snapshots;

/// <summary>A snapshot that a client folded for itself. The store keeps it and never loads from it.</summary>
/// <param name="Version">The last event in it, from 1.</param>
/// <param name="Schema">The client's name for the shape of the state.</param>
/// <param name="State">The state.</param>
public sealed record ClientSnapshot(long Version, SnapshotSchema Schema, JsonObjectText State);

using QANexus.EventStore.Streams;

namespace QANexus.LocalHost.Importing;

/// <summary>A line that is an append request.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="FileBytes">Its length in the file.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Stream">To which stream.</param>
/// <param name="CommitId">Under which idempotency key.</param>
/// <param name="EventCount">How many events.</param>
/// <param name="Body">The body to send: the line's own bytes of <c>events</c> and <c>metadata</c>.</param>
internal sealed record ImportLine(
    long Number, long FileBytes, TenantId Tenant, StreamId Stream, CommitId CommitId, int EventCount, ReadOnlyMemory<byte> Body);

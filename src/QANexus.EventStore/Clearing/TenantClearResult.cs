namespace QANexus.EventStore.Clearing;

/// <summary>How far a clear has come.</summary>
/// <param name="Deleted">
/// Documents deleted since the clear began, over all its calls; documents of a call that died are not among them. A document holds the events of one
/// append, a snapshot, a view or a checkpoint.
/// </param>
/// <param name="IsDone">Nothing is left that can be seen of what the tenant had when this call began.</param>
/// <param name="RequestCharge">Request units that this call spent.</param>
public readonly record struct TenantClearResult(long Deleted, bool IsDone, double RequestCharge);

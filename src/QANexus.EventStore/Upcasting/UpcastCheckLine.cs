namespace QANexus.EventStore.Upcasting;

/// <summary>What became of the events that are stored in one version of a type.</summary>
/// <param name="Stored">The type and version.</param>
/// <param name="Unchanged">Events that are in their latest form already.</param>
/// <param name="Changed">Events that became others.</param>
/// <param name="Dropped">Events that are left out.</param>
/// <param name="Failed">Events that cannot be read.</param>
/// <param name="Examples">Some of those that are not unchanged, at most <see cref="UpcastCheck.MaxExamples"/> of each outcome.</param>
public sealed record UpcastCheckLine(
    EventTypeVersion Stored, long Unchanged, long Changed, long Dropped, long Failed, IReadOnlyList<UpcastCheckExample> Examples);

namespace QANexus.ReadModels.Streams;

/// <summary>One stream of a tenant.</summary>
/// <param name="AggregateType">Its aggregate's type.</param>
/// <param name="AggregateId">Its aggregate's id.</param>
/// <param name="Version">The version of its last event.</param>
/// <param name="FirstAt">When the earliest of its events occurred.</param>
/// <param name="LastAt">When the latest of its events occurred.</param>
public sealed record StreamListEntry(string AggregateType, string AggregateId, long Version, DateTimeOffset FirstAt, DateTimeOffset LastAt);

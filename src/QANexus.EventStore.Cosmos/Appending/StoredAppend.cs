using QANexus.EventStore.Appending;

namespace QANexus.EventStore.Cosmos.Appending;

/// <summary>An append found by its commit id.</summary>
/// <param name="Fingerprint">The digest of the request that it came from.</param>
/// <param name="Receipt">What that request got.</param>
internal sealed record StoredAppend(string Fingerprint, AppendReceipt Receipt);

using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>
/// The dry run of a build: upcasts every stored event, each one twice to see that both times give the same, and tells what came of them. Nothing is
/// written. Takes memory by the number of types and versions, however many events there are.
/// </summary>
public sealed class UpcastCheck(IStoredEvents events, EventUpcaster upcaster)
{
    /// <summary>Events of one outcome that a line names at most.</summary>
    public const int MaxExamples = 3;

    /// <summary>Checks the events of one tenant, or of all.</summary>
    /// <param name="tenant">Whose; null for everybody's.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="CorruptStreamException">A stored document cannot be read.</exception>
    /// <exception cref="StoreThrottledException">No request units are left, for the check or for a look-up.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<UpcastCheckReport> RunAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<EventTypeVersion, UpcastCheckTally>();
        await foreach (var (owner, stored) in events.ReadAllAsync(tenant, cancellationToken))
        {
            var at = new EventTypeVersion(stored.Type, stored.SchemaVersion);
            if (!lines.TryGetValue(at, out var line))
            {
                line = new UpcastCheckTally(at);
                lines.Add(at, line);
            }

            var (outcome, failure) = await CheckAsync(owner, stored, cancellationToken);
            line.Add(outcome, new UpcastCheckExample(outcome, owner, stored.Id, failure));
        }

        return new UpcastCheckReport(
            [.. lines.Values.Select(static line => line.ToLine()).OrderBy(static line => line.Stored.Type.Value, StringComparer.Ordinal).ThenBy(static line => line.Stored.Version)]);
    }

    private async ValueTask<(UpcastOutcome Outcome, string? Failure)> CheckAsync(TenantId owner, RecordedEvent stored, CancellationToken cancellationToken)
    {
        if (upcaster.Catalog.IsLatest(stored))
        {
            return (UpcastOutcome.Unchanged, null);
        }

        try
        {
            var once = await upcaster.UpcastAsync(owner, stored, cancellationToken);
            var again = await upcaster.UpcastAsync(owner, stored, cancellationToken);
            return once.SequenceEqual(again)
                ? (once.Count == 0 ? UpcastOutcome.Dropped : UpcastOutcome.Changed, null)
                : (UpcastOutcome.Failed, "Upcasting it twice gave two results: a step is not pure.");
        }
        catch (Exception exception) when (exception is UpcastingFailedException or UnknownSchemaVersionException)
        {
            return (UpcastOutcome.Failed, exception.Message);
        }
    }
}

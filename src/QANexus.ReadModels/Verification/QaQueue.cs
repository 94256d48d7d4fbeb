using QANexus.Domain.Bugs;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Verification;

/// <summary>The view <c>qa-queue</c>: one document per bug that was ever resolved, with an item per resolution that somebody has to verify.</summary>
internal sealed class QaQueue() : StreamProjection<BugVerifications>(
    Name, VerificationJson.Default.BugVerifications,
    [EventData.TypeOf<BugResolved>(), EventData.TypeOf<BugVerified>(), EventData.TypeOf<BugReopened>(), EventData.TypeOf<BugInvalidated>()])
{
    /// <summary>Resolutions that a document holds at most.</summary>
    private const int MaxResolutions = 20;

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("qa-queue");

    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, BugAggregate.TypeName, StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override BugVerifications? Apply(BugVerifications? document, RecordedEvent e)
    {
        if (!e.Is<BugResolved>())
        {
            return document is { State: VerificationState.Pending } ? Ended(document, e) : document;
        }

        document ??= new BugVerifications(e.Stream.AggregateId.Value, VerificationState.Pending, []);
        var resolved = e.Read(BugJson.Default.BugResolved);
        var item = new QaVerification(
            (document.Resolutions is [.., var last] ? last.Number : 0) + 1, e.Version, e.Origin.Actor, e.OccurredAt,
            e.OccurredAt + PriorityFacts.Of(resolved.Priority).Resolution, VerificationState.Pending, resolved.Severity, resolved.Priority, resolved.ResolutionNotes);
        return document with { State = VerificationState.Pending, Resolutions = [.. document.Resolutions.TakeLast(MaxResolutions - 1), item] };
    }

    /// <summary>A resolution without its notes still waits to be verified.</summary>
    protected override BugVerifications? ApplyRedacted(BugVerifications? document, RecordedEvent e) => Apply(document, e);

    private static BugVerifications Ended(BugVerifications document, RecordedEvent e)
    {
        var state = e.Is<BugVerified>() ? VerificationState.Verified : e.Is<BugReopened>() ? VerificationState.Reopened : VerificationState.Withdrawn;
        var ended = document.Resolutions[^1] with { State = state, EndedAt = e.OccurredAt, EndedBy = e.Origin.Actor };
        return document with { State = state, Resolutions = document.Resolutions.SetItem(document.Resolutions.Length - 1, ended) };
    }
}

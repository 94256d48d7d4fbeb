using System.Text.Json;
using QANexus.Domain.Bugs;
using QANexus.Domain.Policies;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Readiness;
using QANexus.Domain.TestRuns;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Causation;

namespace QANexus.ReadModels.Readiness;

/// <summary>
/// Evaluates releases again when what they are judged by has changed: every one in progress because of a bug that alone stops a release, the one that a
/// test run speaks for because the run was completed or given up. A run that spoke for the tenant and is given up may have been any release's evidence.
/// </summary>
internal sealed class ReleaseReevaluation(
    AggregateRepositories<BugState> bugs, AggregateRepositories<TestRunState> testRuns, AggregateRepositories<ReleaseState> releases,
    IReadinessEvidence evidence, CausedCommands commands, IEventStore store, IViewReader views, TenantPolicies policies, TimeProvider time) : IEventSubscriber
{
    private const int PageSize = 100;

    /// <summary>The version of a triage that comes right after the creation: nothing was judged before it.</summary>
    private const long EarliestTriage = 2;

    /// <summary>As often the views are given <see cref="IViewReader.AtLeastTimeout"/> to reach the event. Then their source is taken for unavailable.</summary>
    private const int PatientAttempts = 3;

    /// <summary>The name of the handler.</summary>
    public static SubscriptionName Handler { get; } = SubscriptionName.Parse("re-evaluate-releases");

    /// <inheritdoc/>
    public SubscriptionName Name => Handler;

    /// <inheritdoc/>
    public IReadOnlyCollection<EventType>? EventTypes { get; } =
    [
        EventData.TypeOf<BugTriaged>(), EventData.TypeOf<BugTriageUpdated>(), EventData.TypeOf<BugResolved>(), EventData.TypeOf<BugVerified>(),
        EventData.TypeOf<BugReopened>(), EventData.TypeOf<BugDeferred>(), EventData.TypeOf<BugInvalidated>(), EventData.TypeOf<TestRunCompleted>(),
        EventData.TypeOf<TestRunCancelled>(),
    ];

    /// <inheritdoc/>
    public bool Takes(AggregateType aggregateType) => aggregateType.Value is BugAggregate.TypeName or TestRunAggregate.TypeName;

    /// <inheritdoc/>
    public async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var concerned = await ConcernedAsync(delivery, cancellationToken);
        if (concerned.Count == 0)
        {
            return;
        }

        var evaluation = new ReleaseEvaluation(await EvidenceAfterAsync(delivery, cancellationToken), policies, time);
        foreach (var release in concerned)
        {
            await EvaluateAsync(evaluation, release, delivery, cancellationToken);
        }
    }

    private async Task EvaluateAsync(ReleaseEvaluation evaluation, AggregateId release, EventDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            var decide = await evaluation.PrepareAgainAsync(delivery.Tenant, release, cancellationToken);
            await commands.ExecuteAsync(releases, release, delivery, decide, cancellationToken);
        }
        catch (FoldFailedException foreign)
        {
            // A client's own event in the release's stream lets nobody command it any more. The other releases must not wait for that.
            System.Diagnostics.Activity.Current?.AddException(foreign);
        }
    }

    private async Task<IReadOnlyList<AggregateId>> ConcernedAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var e = delivery.Event;
        if (e.IsOf(TestRunAggregate.TypeName))
        {
            var release = e.Is<TestRunCompleted>() ? e.Read(TestRunJson.Default.TestRunCompleted).ReleaseId
                : e.Is<TestRunCancelled>() ? await ReleaseOfAsync(delivery, cancellationToken)
                : null;
            return AggregateId.TryParse(release, out var linked) ? [linked]
                : e.Is<TestRunCancelled>() ? await InProgressAsync(delivery.Tenant, cancellationToken)
                : [];
        }

        return e.IsOf(BugAggregate.TypeName) && await IsGraveAsync(delivery, cancellationToken) ? await InProgressAsync(delivery.Tenant, cancellationToken) : [];
    }

    /// <summary>The event that gives a run up does not name its release.</summary>
    private async Task<string?> ReleaseOfAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var e = delivery.Event;
        var run = await testRuns.For(store.ForTenant(delivery.Tenant)).LoadAsync(
            e.Stream.AggregateId, new StreamPosition(e.Commit, e.Version), cancellationToken);
        return run.State.ReleaseId;
    }

    /// <summary>Evidence that knows of the event. A view that stays behind must not be believed: its source is absent then, which stops releases.</summary>
    private async Task<IReadinessEvidence> EvidenceAfterAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var e = delivery.Event;
        if (e.Is<TestRunCancelled>())
        {
            // That a run was given up the evidence takes from the run itself, which has just been read.
            return evidence;
        }

        try
        {
            await views.FindAsync(
                delivery.Tenant, ReadinessSources.Name, ReadinessSources.TestRuns, new StreamReached(e.Stream, new StreamPosition(e.Commit, e.Version)),
                cancellationToken);
            return evidence;
        }
        catch (StoreUnavailableException) when (delivery.Attempt >= PatientAttempts)
        {
            return new EvidenceWithout(evidence, inputs => e.Is<TestRunCompleted>() ? inputs with { Tests = null } : inputs with { Bugs = null });
        }
    }

    /// <summary>Whether the bug alone stops a release, or may have done so until it was judged anew just now.</summary>
    private async Task<bool> IsGraveAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var e = delivery.Event;
        if (e.Redaction is not null
            || (e.Is<BugTriageUpdated>() && e.Read(BugJson.Default.BugTriageUpdated) is { Severity: not null } or { Priority: not null }))
        {
            return true;
        }

        try
        {
            var bug = await bugs.For(store.ForTenant(delivery.Tenant)).LoadAsync(
                e.Stream.AggregateId, new StreamPosition(e.Commit, e.Version), cancellationToken);
            return IsGrave(bug.State) || (e.Is<BugTriaged>() && await WasGraveAsync(delivery, cancellationToken));
        }
        catch (FoldFailedException)
        {
            // A client's own event is in the bug's stream. What the bug is then is not known; an evaluation goes by the views, and finds out.
            return true;
        }
    }

    /// <summary>A bug that is triaged again, after it was reopened or deferred, may have stopped releases until then.</summary>
    private async Task<bool> WasGraveAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        var e = delivery.Event;
        return e.Version > EarliestTriage
            && await bugs.For(store.ForTenant(delivery.Tenant)).ReadPastAsync(
                e.Stream.AggregateId, new StateReadOptions { Version = e.Version - 1 }, cancellationToken) is { } before
            && IsGrave(before.State);
    }

    private static bool IsGrave(BugState bug) => SeverityFacts.Of(bug.Severity).BlocksRelease || PriorityFacts.Of(bug.Priority).BlocksRelease;

    private async Task<IReadOnlyList<AggregateId>> InProgressAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var found = new List<AggregateId>();
        ViewId? after = null;
        do
        {
            var page = (await views.ListAsync(tenant, ScoreHistories.Name, after, PageSize, atLeast: null, cancellationToken)).Value;
            found.AddRange(page.Documents
                .Select(static document => JsonSerializer.Deserialize(document.Data.Span, ReadinessJson.Default.ScoreHistory)!)
                .Where(static release => ReleaseLife.IsInProgress(release.Status))
                .Select(static release => AggregateId.Parse(release.ReleaseId)));
            after = page.Next;
        }
        while (after is not null);

        return found;
    }
}

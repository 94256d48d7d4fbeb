using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Rebuilds views: a new version is built beside the old one, takes its place when it has caught up, and the old one is deleted.</summary>
public sealed class ViewRebuilds : IViewRebuilds
{
    private const int PageSize = 100;

    private readonly IRebuildJobs jobs;
    private readonly IViewVersions versions;
    private readonly IViewStore store;
    private readonly ICommitFeed feed;
    private readonly ICommitHeads heads;
    private readonly ProjectionGroup projections;
    private readonly DeliveryEngine engine;
    private readonly DeliveryServices services;

    internal ViewRebuilds(
        IRebuildJobs jobs, IViewVersions versions, IViewStore store, ICommitFeed feed, ICommitHeads heads, ProjectionGroup projections,
        DeliveryEngine engine, DeliveryServices services)
    {
        (this.jobs, this.versions, this.store, this.feed, this.heads) = (jobs, versions, store, feed, heads);
        (this.projections, this.engine, this.services) = (projections, engine, services);
    }

    /// <inheritdoc/>
    public async Task<RebuildStatus?> RequestAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken)
    {
        if (!projections.Keeps(view))
        {
            return null;
        }

        while (true)
        {
            var known = await jobs.FindAsync(tenant, view, cancellationToken);
            if (known is { State: not RebuildState.Done })
            {
                return Describe(known);
            }

            var active = (await versions.LoadAsync(tenant, cancellationToken)).Active(view).Number;
            var now = services.Time.GetUtcNow();
            var job = new RebuildJob(tenant, view)
            {
                // A number is used once, whatever became of its version.
                Target = Math.Max(active, known?.Target ?? 0) + 1,
                Replaced = active,
                Total = await heads.CountAsync(tenant, cancellationToken),
                StartedAt = now,
                ChangedAt = now,
                Tag = known?.Tag,
            };
            if (await jobs.TrySaveAsync(job, cancellationToken))
            {
                return Describe(job);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<RebuildStatus?> FindAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken) =>
        await jobs.FindAsync(tenant, view, cancellationToken) is { } job ? Describe(job) : null;

    /// <summary>Goes on with every rebuild, for at most <see cref="SubscriptionOptions.TimePerRun"/>. A run that dies loses a page of work at most.</summary>
    /// <exception cref="StoreThrottledException">No request units are left; the next run goes on.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer; the next run goes on.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = new FailureList();
        var started = services.Time.GetTimestamp();
        foreach (var job in await jobs.UnfinishedAsync(cancellationToken))
        {
            try
            {
                await RunAsync(job, started, cancellationToken);
            }
            catch (EventStoreException failure)
            {
                failures.Add(failure);
            }
        }

        failures.ThrowFirst();
    }

    private async Task RunAsync(RebuildJob job, long started, CancellationToken cancellationToken)
    {
        RebuildJob? current = job;
        while (current is { State: not RebuildState.Done } && services.Time.GetElapsedTime(started) < services.Options.TimePerRun)
        {
            var (next, goesOn) = projections.Keeps(current.View) ? await StepAsync(current, cancellationToken) : default;
            if (next is null || !await jobs.TrySaveAsync(next, cancellationToken))
            {
                // Nothing to do yet, or another instance is at it.
                return;
            }

            if (next.State != current.State)
            {
                SubscriptionLog.Rebuilding(services.Logger, next.View, next.Tenant, next.State.ToString(), next.Done, next.Total);
            }

            current = goesOn ? await jobs.FindAsync(job.Tenant, job.View, cancellationToken) : null;
        }
    }

    /// <summary>One step, which may be done twice.</summary>
    private Task<Step> StepAsync(RebuildJob job, CancellationToken cancellationToken) => job.State switch
    {
        RebuildState.Waiting => BeginAsync(job, cancellationToken),
        RebuildState.Building => BuildAsync(job, cancellationToken),
        _ => RemoveAsync(job, cancellationToken),
    };

    private async Task<Step> BeginAsync(RebuildJob job, CancellationToken cancellationToken)
    {
        await ChangeAsync(job.Tenant, views => views.With(job.View, views.Active(job.View).Number, job.Target), cancellationToken);
        return new Step(job with { State = RebuildState.Building, ChangedAt = services.Time.GetUtcNow() }, GoesOn: true);
    }

    private async Task<Step> BuildAsync(RebuildJob job, CancellationToken cancellationToken)
    {
        var readAt = services.Time.GetUtcNow();
        var read = await ReadOnAsync(job, cancellationToken);
        // From here on every process knows the new version: what the feed has not shown yet, it will be given by a trigger.
        if (read.GoesOn || readAt - job.ChangedAt <= services.Options.VersionTrust)
        {
            return read;
        }

        await ChangeAsync(job.Tenant, views => views.With(job.View, job.Target, building: null), cancellationToken);
        return new Step((read.Next ?? job) with { State = RebuildState.Removing, ChangedAt = services.Time.GetUtcNow() }, GoesOn: true);
    }

    private async Task<Step> RemoveAsync(RebuildJob job, CancellationToken cancellationToken)
    {
        if (services.Time.GetUtcNow() - job.ChangedAt <= services.Options.OldVersionGrace)
        {
            // The end of the feed was the end of what a replica had: what it shows of older commits after the swap is still the new version's to get.
            return job.Continuation is null ? default : await ReadOnAsync(job, cancellationToken);
        }

        return await store.DeleteSomeAsync(job.Tenant, new ViewVersion(job.View, job.Replaced), cancellationToken)
            ? new Step(job, GoesOn: true)
            : new Step(job with { State = RebuildState.Done, Continuation = null, ChangedAt = services.Time.GetUtcNow() }, GoesOn: false);
    }

    /// <summary>Gives the new version the next page of the tenant's feed; it goes on until that is at its end.</summary>
    private async Task<Step> ReadOnAsync(RebuildJob job, CancellationToken cancellationToken)
    {
        var lane = projections.LaneOf(new ViewVersion(job.View, job.Target));
        var page = await feed.ReadTenantAsync(job.Tenant, job.Continuation, PageSize, new DeliveryMeter(), cancellationToken);
        await engine.DeliverAsync(new OneLane(lane), page.Commits.Select(static entry => entry.ToDoorbell()), cancellationToken);
        return page.IsAtEnd && page.Continuation == job.Continuation
            ? default
            : new Step(job with { Continuation = page.Continuation, Done = job.Done + page.Commits.Count }, !page.IsAtEnd);
    }

    private async Task ChangeAsync(TenantId tenant, Func<TenantViews, TenantViews> change, CancellationToken cancellationToken)
    {
        while (!await versions.TrySaveAsync(tenant, change(await versions.LoadAsync(tenant, cancellationToken)), cancellationToken))
        {
            // Another view of the tenant was changed meanwhile.
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static RebuildStatus Describe(RebuildJob job) =>
        new(job.View, job.State, job.Done, Math.Max(job.Total, job.Done), job.StartedAt);

    /// <param name="Next">The rebuild after the step; null where there is nothing to do yet.</param>
    /// <param name="GoesOn">Whether the next step can follow at once.</param>
    private readonly record struct Step(RebuildJob? Next, bool GoesOn);

    /// <summary>The new version alone: no other lane is rung, and no subscriber has a part in it.</summary>
    private sealed class OneLane(ProjectionLane lane) : ILaneSet
    {
        public SubscriptionName Name => SubscriptionGroups.Views;

        public IReadOnlyList<SubscriptionName> Handlers => [lane.Version.View];

        public ValueTask<IReadOnlyList<ILane>> LanesForAsync(TenantId tenant, CancellationToken cancellationToken) => new([lane]);
    }
}

/// <summary>How far a rebuild is.</summary>
/// <param name="View">The view.</param>
/// <param name="State">What is being done.</param>
/// <param name="Done">Commits read.</param>
/// <param name="Total">Commits there were when it began, or more where others came.</param>
/// <param name="StartedAt">When it was asked for.</param>
public sealed record RebuildStatus(SubscriptionName View, RebuildState State, long Done, long Total, DateTimeOffset StartedAt);

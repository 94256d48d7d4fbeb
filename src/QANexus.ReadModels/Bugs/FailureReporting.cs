using QANexus.Domain.Bugs;
using QANexus.Domain.Policies;
using QANexus.Domain.TestRuns;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.ReadModels.Causation;

namespace QANexus.ReadModels.Bugs;

/// <summary>Reports a bug for every test that failed in a completed run, where the tenant's policy asks for that.</summary>
internal sealed class FailureReporting(
    AggregateRepositories<TestRunState> runs, AggregateRepositories<BugState> bugs, CausedCommands commands, IEventStore store, TenantPolicies policies)
    : IEventSubscriber
{
    /// <summary>Bugs of one run at most: where more tests fail, it is hardly because of that many bugs.</summary>
    public const int MaxBugsOfRun = 100;

    /// <summary>The name of the handler.</summary>
    public static SubscriptionName Handler { get; } = SubscriptionName.Parse("report-failures");

    /// <inheritdoc/>
    public SubscriptionName Name => Handler;

    /// <inheritdoc/>
    public IReadOnlyCollection<EventType>? EventTypes { get; } = [EventData.TypeOf<TestRunCompleted>()];

    /// <inheritdoc/>
    public bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, TestRunAggregate.TypeName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        if (!policies.ForTestRuns(delivery.Tenant).ReportsFailedTests)
        {
            return;
        }

        var (e, run) = (delivery.Event, delivery.Event.Stream.AggregateId);
        var completed = e.Read(TestRunJson.Default.TestRunCompleted);
        if (completed.FailedTestCaseIds.IsEmpty)
        {
            return;
        }

        var state = (await runs.For(store.ForTenant(delivery.Tenant)).LoadAsync(run, new StreamPosition(e.Commit, e.Version), cancellationToken)).State;
        if (state.Status == TestRunStatus.Cancelled)
        {
            return;
        }

        foreach (var testCase in completed.FailedTestCaseIds.Distinct(StringComparer.Ordinal).Take(MaxBugsOfRun))
        {
            var bug = CandidateBug.Of(run, state, testCase, completed.ReleaseId, $"system:{Handler}");
            await commands.ExecuteAsync(
                bugs, CandidateBug.IdOf(run, testCase), delivery, bugState => bugState.Create(bug), cancellationToken, expected: ExpectedPosition.Any);
        }
    }
}

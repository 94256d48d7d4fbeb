using System.Collections.Frozen;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Dashboard;

/// <summary>
/// The view <c>dashboard</c>: the figures of a tenant in the document <c>tenant</c>, and those of what is linked to a release in <c>Release:{id}</c>. They
/// are all in one document, as one write for all is what an event costs least.
/// </summary>
internal sealed class DashboardView() : RollUpProjection<DashboardEntry, DashboardDocument>(
    Name, DashboardJson.Default.DashboardEntry, DashboardJson.Default.DashboardDocument, [.. TypesOf.Values.SelectMany(static types => types)])
{
    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("dashboard");

    /// <summary>The document of the tenant.</summary>
    public static ViewId Tenant { get; } = ViewId.Parse("tenant");

    private static readonly FrozenDictionary<string, HashSet<EventType>> TypesOf = new Dictionary<string, HashSet<EventType>>
    {
        [RequirementAggregate.TypeName] = [.. new RequirementAggregate().EventTypes],
        [BugAggregate.TypeName] = [.. new BugAggregate().EventTypes],
        [ReleaseAggregate.TypeName] = [.. new ReleaseAggregate().EventTypes],
        [TestRunAggregate.TypeName] = [EventData.TypeOf<TestRunCreated>(), EventData.TypeOf<TestRunCompleted>(), EventData.TypeOf<TestRunCancelled>()],
        [SprintAggregate.TypeName] =
        [
            EventData.TypeOf<SprintCreated>(), EventData.TypeOf<SprintStarted>(), EventData.TypeOf<SprintCompleted>(), EventData.TypeOf<SprintCancelled>(),
        ],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) => TypesOf.ContainsKey(aggregateType.Value);

    /// <inheritdoc/>
    protected override DashboardEntry? Evolve(DashboardEntry? entry, RecordedEvent e)
    {
        if (!TypesOf[e.Stream.AggregateType.Value].Contains(e.Type))
        {
            // Somebody put another aggregate's event into this one's stream.
            return entry;
        }

        var before = entry ?? new DashboardEntry();
        return e.Stream.AggregateType.Value switch
        {
            RequirementAggregate.TypeName => before.AfterRequirement(e),
            BugAggregate.TypeName => before.AfterBug(e),
            ReleaseAggregate.TypeName => before.AfterRelease(e),
            TestRunAggregate.TypeName => before with { TestRun = (before.TestRun ?? new TestRunEntry()).After(e) },
            _ => before with { IsSprint = before.IsSprint || e.Is<SprintCreated>(), Sprint = (before.Sprint ?? new SprintEntry()).After(e) },
        };
    }

    /// <inheritdoc/>
    protected override IEnumerable<ViewId> DocumentsOf(StreamId stream, DashboardEntry entry)
    {
        yield return Tenant;
        if (ReleaseLink.DocumentOf(entry.Bug?.ReleaseId ?? entry.TestRun?.ReleaseId) is { } release)
        {
            yield return release;
        }
    }

    /// <inheritdoc/>
    protected override DashboardDocument? Apply(ViewId id, DashboardDocument? document, StreamId stream, DashboardEntry? before, DashboardEntry? now)
    {
        var next = Count(document ?? new DashboardDocument(), stream.AggregateId.Value, before, now).WithoutZeros();
        return next.IsEmpty() ? null
            : id == Tenant ? next with { Onboarding = OnboardingChecklist.Of(next) }
            : next;
    }

    private static DashboardDocument Count(DashboardDocument document, string id, DashboardEntry? before, DashboardEntry? now)
    {
        if (before is not null)
        {
            document = Count(document, id, before, -1);
        }

        if (now is not null)
        {
            document = Count(document, id, now, 1);
        }

        return document with
        {
            TestRuns = (before ?? now)?.TestRun is null ? document.TestRuns
                : (document.TestRuns ?? TestRunFigures.None).Replace(id, before?.TestRun, now?.TestRun),
            Releases = (before ?? now)?.Release is null ? document.Releases
                : (document.Releases ?? ReleaseFigures.None).Replace(id, before?.Release, now?.Release),
            ActiveSprints = (now ?? before)?.Sprint is null ? document.ActiveSprints
                : ActiveSprint.Replace(document.ActiveSprints ?? [], id, now?.Sprint),
        };
    }

    private static DashboardDocument Count(DashboardDocument document, string id, DashboardEntry entry, int count) => document with
    {
        Requirements = entry.Requirement is { } requirement
            ? (document.Requirements ?? RequirementFigures.None).Count(requirement, entry.WasAnalyzed, count)
            : document.Requirements,
        Bugs = entry.Bug is { } bug ? (document.Bugs ?? BugFigures.None).Count(id, bug, count) : document.Bugs,
        Sprints = entry.IsSprint ? (document.Sprints ?? 0) + count : document.Sprints,
    };
}

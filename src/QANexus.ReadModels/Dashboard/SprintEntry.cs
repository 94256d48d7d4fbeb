using QANexus.Domain.Sprints;
using QANexus.EventStore.Reading;

namespace QANexus.ReadModels.Dashboard;

/// <summary>What counts of a sprint: what it began with, while it is ACTIVE. Its items one by one are not looked at.</summary>
internal sealed record SprintEntry
{
    public string Name { get; init; } = string.Empty;

    public DateTimeOffset? StartDate { get; init; }

    public DateTimeOffset? EndDate { get; init; }

    /// <summary>Nothing before it is ACTIVE, and again when it is over.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public int ItemCount { get; init; }

    public long TotalStoryPoints { get; init; }

    public SprintEntry After(RecordedEvent e)
    {
        if (e.Is<SprintCreated>())
        {
            var created = e.Read(SprintJson.Default.SprintCreated);
            return new SprintEntry { Name = created.SprintName, StartDate = created.StartDate, EndDate = created.EndDate };
        }

        if (e.Is<SprintStarted>())
        {
            var started = e.Read(SprintJson.Default.SprintStarted);
            return this with { StartedAt = e.OccurredAt, ItemCount = started.ItemCount, TotalStoryPoints = started.TotalStoryPoints };
        }

        return this with { StartedAt = null };
    }
}

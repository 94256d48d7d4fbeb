using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>What has been registered about one type so far, right or wrong.</summary>
internal sealed class EventTypeDraft(EventType type)
{
    public EventType Type { get; } = type;

    /// <summary>The latest versions that were stated: one, if anybody did and all agree.</summary>
    public SortedSet<int> StatedVersions { get; } = [];

    public List<string> Schemas { get; } = [];

    public List<UpcastStep> Steps { get; } = [];

    /// <summary>Versions of steps that were begun; the same as those of <see cref="Steps"/> if all were finished.</summary>
    public List<int> Begun { get; } = [];

    /// <summary>The latest version that anything says there is.</summary>
    public int LatestVersion => Math.Max(
        Math.Max(1, StatedVersions.Max),
        Steps.SelectMany(step => step.Targets.Where(target => target.Type == Type).Append(step.Description.From)).Select(static at => at.Version)
            .DefaultIfEmpty(1).Max());
}

using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>Finds everything that would make a stored event unreadable, or readable in two ways, before the first one is read.</summary>
internal static class EventCatalogValidation
{
    /// <summary>What is wrong, in an order that does not depend on the order of registration.</summary>
    public static IReadOnlyList<string> FindProblems(IReadOnlyDictionary<EventType, EventTypeDraft> types, IServiceProvider? services)
    {
        var problems = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in types.Values)
        {
            problems.UnionWith(DoubleDescriptions(type));
            problems.UnionWith(Gaps(type));
            problems.UnionWith(type.Steps.SelectMany(step => ImpossibleTargets(step, types)));
            problems.UnionWith(type.Steps.SelectMany(step => MissingServices(step, services)));
        }

        if (problems.Count == 0)
        {
            problems.UnionWith(Cycles(types));
        }

        return [.. problems];
    }

    private static IEnumerable<string> DoubleDescriptions(EventTypeDraft type)
    {
        if (type.StatedVersions.Count > 1)
        {
            yield return $"{type.Type} is stated to be at {Join(type.StatedVersions.Select(static version => Text($"v{version}")))}.";
        }
        else if (type.StatedVersions.Count == 1 && type.LatestVersion > type.StatedVersions.Max)
        {
            yield return Text($"{type.Type} is stated to be at v{type.StatedVersions.Max}, but steps know v{type.LatestVersion}.");
        }

        if (type.Schemas.Count > 1)
        {
            yield return $"{type.Type} has more than one schema.";
        }

        foreach (var begun in type.Begun.CountBy(static version => version))
        {
            var finished = type.Steps.Where(step => step.Description.From.Version == begun.Key).ToList();
            if (finished.Count < begun.Value)
            {
                yield return Text($"A step from {type.Type} v{begun.Key} was begun that leads nowhere.");
            }

            if (finished.Count > 1)
            {
                yield return finished.Select(static step => step.Description.ToString()).Distinct(StringComparer.Ordinal).Count() == 1
                    ? $"The step '{finished[0].Description}' is registered {Text($"{finished.Count}")} times."
                    : $"There are two paths from {Text($"{type.Type} v{begun.Key}")}: "
                        + $"{Join(finished.Select(static step => $"'{step.Description}'").Order(StringComparer.Ordinal))}.";
            }
        }
    }

    private static IEnumerable<string> Gaps(EventTypeDraft type) => Enumerable.Range(1, type.LatestVersion - 1)
        .Where(version => type.Begun.TrueForAll(begun => begun != version))
        .Select(version => Text($"There is no step from {type.Type} v{version}, although {type.Type} is at v{type.LatestVersion}."));

    private static IEnumerable<string> ImpossibleTargets(UpcastStep step, IReadOnlyDictionary<EventType, EventTypeDraft> types)
    {
        var (from, kind) = (step.Description.From, step.Description.Kind);
        if (kind is UpcastStepKind.Split && step.Targets.Count == 0)
        {
            yield return $"{from} is split into nothing; drop it if that is meant.";
        }

        foreach (var target in step.Targets)
        {
            if (!types.TryGetValue(target.Type, out var known))
            {
                yield return $"The step '{step.Description}' leads to {target.Type}, which is not known.";
            }
            else if (target.Version < 1 || target.Version > known.LatestVersion)
            {
                yield return Text($"The step '{step.Description}' leads to {target}, but {target.Type} is at v{known.LatestVersion}.");
            }
            else if (target.Type == from.Type && target.Version <= from.Version)
            {
                yield return $"The step '{step.Description}' does not lead to a later version.";
            }
        }
    }

    private static IEnumerable<string> MissingServices(UpcastStep step, IServiceProvider? services)
    {
        if (step.LookUpService is { } service && services?.GetService<IServiceProviderIsService>()?.IsService(service) is not true)
        {
            yield return $"The step '{step.Description}' asks {service.Name}, which is not registered.";
        }
    }

    /// <summary>Circles between types; within one a step always leads to a later version.</summary>
    private static List<string> Cycles(IReadOnlyDictionary<EventType, EventTypeDraft> types)
    {
        var steps = types.Values.SelectMany(static type => type.Steps).ToDictionary(static step => step.Description.From);
        var done = new HashSet<EventTypeVersion>();
        var path = new List<EventTypeVersion>();
        return [.. steps.Keys.OrderBy(static at => at.ToString(), StringComparer.Ordinal).Select(Walk).OfType<string>()];

        string? Walk(EventTypeVersion at)
        {
            if (path.IndexOf(at) is >= 0 and var start)
            {
                return $"Steps go in a circle: {string.Join(" to ", path.Skip(start).Append(at))}.";
            }

            if (!steps.TryGetValue(at, out var step) || !done.Add(at))
            {
                return null;
            }

            path.Add(at);
            var found = step.Targets.Select(Walk).FirstOrDefault(static circle => circle is not null);
            path.RemoveAt(path.Count - 1);
            return found;
        }
    }

    private static string Join(IEnumerable<string> items) => string.Join(" and ", items);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.LocalHost.Tests.History;

/// <summary>A component of the history: what was done to its files.</summary>
internal sealed record Component(ImmutableSortedDictionary<string, FileLines> Files, int Changes, string Revision)
{
    public static Component Unknown { get; } = new(ImmutableSortedDictionary.Create<string, FileLines>(StringComparer.Ordinal), 0, string.Empty);
}

internal sealed record FileLines(long Added, long Removed);

internal sealed record FileChanged(string Path, long Added, long Removed);

internal sealed record ComponentChanged(string Revision, string Summary, int Files, long Added, long Removed);

internal sealed class ComponentDefinition : AggregateDefinition<Component>
{
    public ComponentDefinition()
        : base(AggregateType.Parse("Component"), Component.Unknown, ComponentJson.Default.Component)
    {
        On(
            EventType.Parse("FileChanged"), ComponentJson.Default.FileChanged,
            static (state, changed, _) =>
            {
                var before = state.Files.GetValueOrDefault(changed.Path) ?? new FileLines(0, 0);
                return state with
                {
                    Files = state.Files.SetItem(changed.Path, new FileLines(before.Added + changed.Added, before.Removed + changed.Removed)),
                };
            },
            static (state, _) => state);
        On(
            EventType.Parse("ComponentChanged"), ComponentJson.Default.ComponentChanged,
            static (state, changed, _) => state with { Changes = state.Changes + 1, Revision = changed.Revision },
            static (state, _) => state with { Changes = state.Changes + 1 });
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Component))]
[JsonSerializable(typeof(FileChanged))]
[JsonSerializable(typeof(ComponentChanged))]
internal sealed partial class ComponentJson : JsonSerializerContext;

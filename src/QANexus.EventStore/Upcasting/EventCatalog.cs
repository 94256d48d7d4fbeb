using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>
/// What this build knows of event types: their versions, and the one path of every stored version to its latest. Checked as a whole when it is built,
/// immutable after.
/// </summary>
public sealed class EventCatalog
{
    private readonly FrozenDictionary<EventType, KnownType> types;
    private readonly FrozenDictionary<EventType, EventType[]> storedNames;

    internal EventCatalog(IEnumerable<EventTypeDraft> drafts, IServiceProvider? services)
    {
        Services = services ?? NoServices.Instance;
        types = drafts.ToFrozenDictionary(static draft => draft.Type, static draft => new KnownType(draft));
        Types = [.. types.Values.Select(static type => type.Description).OrderBy(static type => type.Type.Value, StringComparer.Ordinal)];
        SplitDepth = types.Values.Select(type => DepthFrom(new EventTypeVersion(type.Description.Type, 1))).DefaultIfEmpty().Max();
        storedNames = FindStoredNames();
    }

    /// <summary>A catalogue that knows no type: every event passes as it is.</summary>
    public static EventCatalog Empty { get; } = new EventCatalogBuilder().Build();

    /// <summary>Everything that is known, by name.</summary>
    public IReadOnlyList<EventTypeDescription> Types { get; }

    /// <summary>Where look-ups get their services from.</summary>
    internal IServiceProvider Services { get; }

    /// <summary>How many parts of parts an event can have at most.</summary>
    internal int SplitDepth { get; }

    /// <summary>Whether the build knows the type.</summary>
    public bool Knows(EventType type) => types.ContainsKey(type);

    /// <summary>What is known of a type.</summary>
    public bool TryGet(EventType type, [NotNullWhen(true)] out EventTypeDescription? description)
    {
        description = types.GetValueOrDefault(type)?.Description;
        return description is not null;
    }

    /// <summary>The version that new events of the type are written in: 1 for a type that is not known.</summary>
    public int LatestVersion(EventType type) => types.TryGetValue(type, out var known) ? known.Description.LatestVersion : 1;

    /// <summary>
    /// Every type that is stored and can be read as <paramref name="type"/>: itself, unless all its events become something else, and those that are
    /// renamed to it or split into it.
    /// </summary>
    public IReadOnlyList<EventType> StoredNamesOf(EventType type) =>
        storedNames.TryGetValue(type, out var names) ? names : [type];

    /// <summary>Whether an event needs no upcasting: it is at its latest version, or of a type that is not known.</summary>
    public bool IsLatest(RecordedEvent stored) =>
        !types.TryGetValue(stored.Type, out var known)
        || (stored.SchemaVersion == known.Description.LatestVersion && known.Versions[^1] is null);

    /// <summary>
    /// A digest of everything that decides how stored events become events of <paramref name="wanted"/>: versions and steps, though not the code of
    /// the steps. It changes when a state folded from these events has to be folded again.
    /// </summary>
    public string FingerprintOf(IEnumerable<EventType> wanted)
    {
        var text = new StringBuilder();
        foreach (var type in wanted.SelectMany(StoredNamesOf).Distinct().OrderBy(static type => type.Value, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{type} v{LatestVersion(type)}\n");
            if (types.TryGetValue(type, out var known))
            {
                text.AppendJoin('\n', known.Description.Steps).Append('\n');
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())));
    }

    /// <summary>The step that events of this version take, or null where they stay.</summary>
    /// <exception cref="UnknownSchemaVersionException">The version is newer than this build knows.</exception>
    internal UpcastStep? StepFrom(EventTypeVersion at)
    {
        if (!types.TryGetValue(at.Type, out var known))
        {
            return null;
        }

        return at.Version >= 1 && at.Version <= known.Description.LatestVersion
            ? known.Versions[at.Version]
            : throw new UnknownSchemaVersionException(at.Type, at.Version, known.Description.LatestVersion);
    }

    /// <summary>Whether a step on the way of events of this version asks somebody else.</summary>
    internal bool LooksUp(EventTypeVersion at) =>
        StepFrom(at) is { } step && (step.Description.HasLookUp || step.Targets.Any(LooksUp));

    private int DepthFrom(EventTypeVersion at) => StepFrom(at) is { } step
        ? (step.IsSplit ? 1 : 0) + step.Targets.Select(DepthFrom).DefaultIfEmpty().Max()
        : 0;

    private FrozenDictionary<EventType, EventType[]> FindStoredNames()
    {
        var names = types.Keys.ToDictionary(static type => type, static _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (var (stored, known) in types)
        {
            for (var version = 1; version <= known.Description.LatestVersion; version++)
            {
                Follow(new EventTypeVersion(stored, version), stored);
            }
        }

        return names.ToFrozenDictionary(static pair => pair.Key, static pair => pair.Value.Select(EventType.Parse).ToArray());

        void Follow(EventTypeVersion at, EventType stored)
        {
            var step = StepFrom(at);
            if (step is null)
            {
                names[at.Type].Add(stored.Value);
            }

            foreach (var target in step?.Targets ?? [])
            {
                Follow(target, stored);
            }
        }
    }

    /// <summary>A type with its steps by version; the first place stays empty.</summary>
    private sealed class KnownType
    {
        public KnownType(EventTypeDraft draft)
        {
            Versions = new UpcastStep?[draft.LatestVersion + 1];
            foreach (var step in draft.Steps)
            {
                Versions[step.Description.From.Version] = step;
            }

            Description = new EventTypeDescription(
                draft.Type, draft.LatestVersion, [.. Versions.OfType<UpcastStep>().Select(static step => step.Description)], draft.Schemas.FirstOrDefault());
        }

        public EventTypeDescription Description { get; }

        public UpcastStep?[] Versions { get; }
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>What the build knows of one event type.</summary>
/// <param name="Type">The type.</param>
/// <param name="LatestVersion">The latest version of its schema.</param>
/// <param name="Steps">The upcasting steps by the version that they take; a step from the latest version means that the type is history.</param>
/// <param name="Schema">The JSON Schema (draft 2020-12) of the latest version, if it has one.</param>
public sealed record EventTypeDescription(EventType Type, int LatestVersion, IReadOnlyList<UpcastStepDescription> Steps, string? Schema);

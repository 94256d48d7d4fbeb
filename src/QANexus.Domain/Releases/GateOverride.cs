using System.Collections.Immutable;
using QANexus.Domain.Releases.Confidence;

namespace QANexus.Domain.Releases;

/// <summary>Who took it upon them to go on without the gates.</summary>
public sealed record GateOverride(string? Reason, ImmutableArray<Gate> Gates, string? By, string? Role, DateTimeOffset At);

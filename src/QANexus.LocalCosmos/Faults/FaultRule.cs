using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Faults;

/// <summary>Which requests go wrong, how often, and how. Without filter and trigger it is every request, every time.</summary>
public sealed record FaultRule
{
    /// <summary>What goes wrong.</summary>
    public required Fault Fault { get; init; }

    /// <summary>Requests that it concerns; empty for all.</summary>
    public IReadOnlyCollection<RequestKind> Requests { get; init; } = [];

    /// <summary>Name of the container that it concerns; null for all, and for requests that are about no container.</summary>
    public string? Container { get; init; }

    /// <summary>How many of the requests it lets pass first.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests it strikes before it is spent; null for no end.</summary>
    public int? Times { get; init; }

    /// <summary>Chance of each request, between 0 and 1, drawn from <see cref="Seed"/>.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Makes the draws repeatable; where there is none a random one is taken, which <see cref="ActiveFault.Seed"/> tells.</summary>
    public int? Seed { get; init; }

    /// <summary>The value that is outside of its limits; null where none is.</summary>
    internal string? Violation => this switch
    {
        { Skip: < 0 } or { Times: < 0 } => "Numbers of requests are not negative.",
        { Probability: not (>= 0 and <= 1) } => "A probability is between 0 and 1.",
        _ => Fault.Violation,
    };
}

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

    /// <summary>
    /// Reads a rule from a line of text, as command lines take it: a status or the name of a fault without the word behind, and then members of the fault and
    /// of the rule in any order, <c>429 retryAfter=100ms requests=writes container=orders probability=0.1</c>. Times are <c>250ms</c>, <c>2s</c> or
    /// <c>hh:mm:ss</c>; requests are kinds separated by commas, or <c>reads</c> or <c>writes</c>; case does not matter.
    /// </summary>
    /// <exception cref="FormatException">The text is no rule; the message says why, in one line.</exception>
    public static FaultRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FaultText.Parse(text);
    }

    /// <summary>The rule as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => FaultText.Write(this);

    /// <summary>The value that is outside of its limits; null where none is.</summary>
    internal string? Violation => this switch
    {
        { Skip: < 0 } or { Times: < 0 } => "Numbers of requests are not negative.",
        { Probability: not (>= 0 and <= 1) } => "A probability is between 0 and 1.",
        _ => Fault.Violation,
    };
}

namespace QANexus.EventStore.Appending;

/// <summary>Who and what caused an append; kept once for all its events.</summary>
public sealed record AppendMetadata
{
    /// <summary>Who appended: the authenticated caller, never taken from a request's body.</summary>
    public string? Actor { get; init; }

    /// <summary>The business transaction that this append belongs to; where nothing is said, the trace of <see cref="TraceParent"/>.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The message that caused it.</summary>
    public string? CausationId { get; init; }

    /// <summary>The system it comes from.</summary>
    public string? Source { get; init; }

    /// <summary>W3C trace context of the append, carried on to its consumers.</summary>
    public string? TraceParent { get; init; }

    /// <summary>As it is stored: an append that names no correlation belongs to its trace, <c>00-{trace id}-{span id}-{flags}</c>.</summary>
    /// <remarks>Filled in by the store, so that a repeat of the request under another trace is still the same request.</remarks>
    internal AppendMetadata WithCorrelation() =>
        CorrelationId is null && TraceParent?.Split('-') is [_, var traceId, _, ..] ? this with { CorrelationId = traceId } : this;
}

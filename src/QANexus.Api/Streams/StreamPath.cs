using QANexus.Api.Problems;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Streams;

/// <summary>Reads the stream that a route names.</summary>
internal static class StreamPath
{
    /// <summary>The stream, or the problem with its name. A route value may be null: the host leaves out what it cannot bind.</summary>
    public static bool TryParse(string? aggregateType, string? aggregateId, out StreamId stream, out Problem? problem)
    {
        var errors = new List<ProblemError>();
        if (!AggregateType.TryParse(aggregateType, out var type))
        {
            errors.Add(ProblemError.InPath("aggregateType", "must be 1-64 ASCII letters and digits, starting with a letter"));
        }

        if (!AggregateId.TryParse(aggregateId, out var id))
        {
            errors.Add(ProblemError.InPath("aggregateId", "must be 1-128 of A-Z a-z 0-9 . _ ~ @ and '-', but not '.' or '..'"));
        }

        stream = new StreamId(type, id);
        problem = errors.Count == 0 ? null : Problem.Invalid(errors);
        return problem is null;
    }
}

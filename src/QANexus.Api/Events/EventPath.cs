using QANexus.Api.Problems;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Events;

/// <summary>Reads the event that a route names.</summary>
internal static class EventPath
{
    /// <summary>The id, or the problem with it.</summary>
    public static bool TryParse(string? eventId, out EventId id, out Problem? problem)
    {
        var isValid = EventId.TryParse(eventId, out id);
        problem = isValid
            ? null
            : Problem.Invalid(ProblemError.InPath(
                "eventId", "must be 1-128 of A-Z a-z 0-9 . _ ~ @ and '-', or {aggregateType}:{aggregateId}:{version}, and .{n} for a part"));
        return isValid;
    }
}

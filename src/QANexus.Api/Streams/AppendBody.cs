using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.EventStore.Appending;

namespace QANexus.Api.Streams;

/// <summary>The body of an append.</summary>
/// <param name="Events">Its events; their data are slices of the body.</param>
/// <param name="CorrelationId">The business transaction, if named.</param>
/// <param name="CausationId">The message that caused it, if named.</param>
/// <param name="Source">The system it comes from, if named.</param>
internal sealed record AppendBody(IReadOnlyList<NewEvent> Events, string? CorrelationId, string? CausationId, string? Source)
{
    /// <summary>Bytes of a body at most.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Reads a body without copying its events' data: <paramref name="utf8"/> must not change as long as they are in use.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out AppendBody? body, [NotNullWhen(false)] out Problem? problem)
    {
        body = null;
        problem = JsonBody.FindBadUtf8(utf8.Span);
        if (problem is not null)
        {
            return false;
        }

        try
        {
            var reader = new AppendBodyReader(utf8);
            var read = reader.Read();
            problem = reader.Violations.Count > 0 ? Problem.Invalid(reader.Violations) : null;
            body = problem is null ? read : null;
            return problem is null;
        }
        catch (JsonException exception)
        {
            problem = JsonBody.NotJson(exception);
            return false;
        }
    }
}

using System.Net.Http.Headers;

namespace QANexus.LocalHost.Importing;

/// <summary>What became of one line.</summary>
internal abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>The line's events are in the stream, once.</summary>
    /// <param name="Position">The ETag to append the stream's next line on.</param>
    /// <param name="IsReplay">They had been there before.</param>
    public sealed record Stored(EntityTagHeaderValue Position, bool IsReplay) : AppendOutcome;

    /// <summary>The server will never take this line; nothing was written, and the stream's other lines are unaffected.</summary>
    public sealed record Refused(string Reason) : AppendOutcome;

    /// <summary>The line did not go in, and what comes after it in its stream must not go in before it.</summary>
    public sealed record Failed(string Reason) : AppendOutcome;

    /// <summary>Nobody answered, however often it was tried; like <see cref="Failed"/>, and perhaps the server is gone.</summary>
    public sealed record Unanswered(string Reason) : AppendOutcome;
}

using System.Buffers;
using System.Globalization;
using System.Text;
using QANexus.Api.Events;
using QANexus.Api.Responses;
using QANexus.EventStore.Feeds;

namespace QANexus.Api.Feeds;

/// <summary>Builds the text of an event stream (HTML standard, section 9.2): fields of a line each, an empty line after each event.</summary>
internal sealed class EventStreamText
{
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>What was added since it was last cleared.</summary>
    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    public void Clear() => buffer.ResetWrittenCount();

    /// <summary>
    /// A commit's events. Only the last carries the cursor, which becomes the reader's last event id: after a break in the middle it gets the commit
    /// as a whole again.
    /// </summary>
    public void AddCommit(FeedCommit commit, string cursor)
    {
        for (var i = 0; i < commit.Events.Count; i++)
        {
            var e = commit.Events[i];
            if (i == commit.Events.Count - 1)
            {
                AddField("id", cursor);
            }

            AddEvent("event", JsonText.Write(EventJson.ExpectedBytes([e]), writer => EventJson.Write(writer, e)));
        }
    }

    /// <summary>A sign of life. It moves the reader's last event id on without an event, as one without data is dropped but for its id.</summary>
    public void AddHeartbeat(string cursor)
    {
        buffer.Write(": \n"u8);
        AddField("id", cursor);
        buffer.Write("\n"u8);
    }

    /// <summary>Why the stream ends, and when to come back.</summary>
    public void AddProblem(ReadOnlyMemory<byte> problem, TimeSpan retryAfter)
    {
        AddRetry(retryAfter);
        AddEvent("problem", problem);
    }

    /// <summary>How long a reader waits before it comes back after the connection has ended.</summary>
    public void AddRetry(TimeSpan delay) => AddField("retry", ((long)delay.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));

    /// <summary>One event. JSON has line breaks between its tokens only, where one is as good as another.</summary>
    private void AddEvent(string name, ReadOnlyMemory<byte> json)
    {
        AddField("event", name);
        var rest = json.Span;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny(LineBreaks);
            buffer.Write("data: "u8);
            buffer.Write(end < 0 ? rest : rest[..end]);
            buffer.Write("\n"u8);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        buffer.Write("\n"u8);
    }

    private void AddField(string name, string value) => Encoding.ASCII.GetBytes($"{name}: {value}\n", buffer);
}

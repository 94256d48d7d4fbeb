using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Time;

namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>
/// Prints a commit document anew without the data of some of its events. Only these events' <c>data</c>, <c>metadata</c> and <c>redaction</c>, and the
/// document's <c>revision</c>, are touched: every other byte stays, members included that this build does not know.
/// </summary>
internal sealed class RedactedCommit
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ReadOnlyMemory<byte> document;
    private readonly IReadOnlySet<int> events;
    private readonly long revision;
    private readonly byte[] record;
    private readonly ArrayBufferWriter<byte> output;
    private int copied;

    private RedactedCommit(ReadOnlyMemory<byte> document, IReadOnlySet<int> events, long revision, Redaction redaction)
    {
        this.document = document;
        this.events = events;
        this.revision = revision;
        record = Print(redaction);
        output = new ArrayBufferWriter<byte>(document.Length + (events.Count * (record.Length + 32)) + 32);
    }

    /// <param name="document">The document as it is stored.</param>
    /// <param name="events">Which of its events lose their data, counted from 0.</param>
    /// <param name="revision">The number of redactions that the document has then seen.</param>
    /// <param name="redaction">What is recorded of it.</param>
    public static byte[] Print(ReadOnlyMemory<byte> document, IReadOnlySet<int> events, long revision, Redaction redaction)
    {
        var printed = new RedactedCommit(document, events, revision, redaction);
        printed.Rewrite();
        return printed.output.WrittenSpan.ToArray();
    }

    private static byte[] Print(Redaction redaction)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        writer.WriteString("at"u8, Rfc3339.Format(redaction.At));
        writer.WriteString("by"u8, redaction.By);
        writer.WriteString("reason"u8, redaction.Reason);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void Rewrite()
    {
        var reader = new Utf8JsonReader(document.Span);
        JsonMembers.Enter(ref reader);
        var hasRevision = false;
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals(CommitFields.Revision.EncodedUtf8Bytes))
            {
                hasRevision = true;
                reader.Read();
                Replace((int)reader.TokenStartIndex, (int)reader.BytesConsumed, revision.ToString(CultureInfo.InvariantCulture));
            }
            else if (reader.ValueTextEquals(CommitFields.Events.EncodedUtf8Bytes))
            {
                RewriteEvents(ref reader);
            }
            else
            {
                JsonMembers.Skip(ref reader);
            }
        }

        // The reader is at the closing brace of the document.
        if (!hasRevision)
        {
            Insert((int)reader.TokenStartIndex, string.Create(CultureInfo.InvariantCulture, $",\"{CommitFields.Revision}\":{revision}"));
        }

        Copy(document.Length);
    }

    private void RewriteEvents(ref Utf8JsonReader reader)
    {
        reader.Read();
        for (var index = 0; reader.Read() && reader.TokenType is not JsonTokenType.EndArray; index++)
        {
            if (events.Contains(index))
            {
                RewriteEvent(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>Rewrites the event whose opening brace is the current token: what is taken away goes with the comma before or after it.</summary>
    private void RewriteEvent(ref Utf8JsonReader reader)
    {
        var (end, isFirst, isCutting) = ((int)reader.BytesConsumed, true, false);
        while (JsonMembers.Next(ref reader))
        {
            if (isCutting)
            {
                Cut((int)reader.TokenStartIndex);
                isCutting = false;
            }

            var isData = reader.ValueTextEquals(CommitFields.Data.EncodedUtf8Bytes);
            var isLost = reader.ValueTextEquals(CommitFields.Metadata.EncodedUtf8Bytes) || reader.ValueTextEquals(CommitFields.Redaction.EncodedUtf8Bytes);
            var name = (int)reader.TokenStartIndex;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isData)
            {
                Replace(start, (int)reader.BytesConsumed, """{"redacted":true}""");
            }
            else if (isLost)
            {
                Copy(isFirst ? name : end);
                Cut((int)reader.BytesConsumed);
                isCutting = isFirst;
            }

            isFirst &= isLost;
            end = (int)reader.BytesConsumed;
        }

        Insert((int)reader.TokenStartIndex, $",\"{CommitFields.Redaction}\":{Encoding.UTF8.GetString(record)}");
    }

    private void Replace(int start, int end, string text)
    {
        Insert(start, text);
        Cut(end);
    }

    private void Insert(int position, string text)
    {
        Copy(position);
        output.Write(Encoding.UTF8.GetBytes(text));
    }

    private void Copy(int end)
    {
        output.Write(document.Span[copied..end]);
        copied = end;
    }

    private void Cut(int end) => copied = end;
}

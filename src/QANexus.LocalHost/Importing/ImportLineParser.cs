using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using QANexus.EventStore.Streams;

namespace QANexus.LocalHost.Importing;

/// <summary>
/// Reads a line as an append request. Only the envelope is looked at: what events and metadata must be is the server's to say, and they
/// travel byte for byte.
/// </summary>
internal static class ImportLineParser
{
    /// <summary>Deep enough for whatever the server takes; what is deeper still is not JSON to it either.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    public static bool TryParse(TextLine line, [NotNullWhen(true)] out ImportLine? result, [NotNullWhen(false)] out string? problem)
    {
        result = null;
        if (line.IsTooLong)
        {
            problem = "the line is too long to be an append";
            return false;
        }

        try
        {
            var envelope = new Envelope();
            problem = envelope.Read(line.Utf8) ?? envelope.FindProblem();
            if (problem is not null)
            {
                return false;
            }

            result = new ImportLine(
                line.Number, line.FileBytes, envelope.Tenant, new StreamId(envelope.AggregateType, envelope.AggregateId), envelope.CommitId,
                envelope.EventCount, envelope.Body());
            return true;
        }
        catch (JsonException)
        {
            problem = "not JSON";
            return false;
        }
        catch (InvalidOperationException)
        {
            // The reader's word for a string that is not UTF-8 or has a lone surrogate.
            problem = "a string is not valid Unicode";
            return false;
        }
    }

    private sealed class Envelope
    {
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);
        private ReadOnlyMemory<byte> events;
        private ReadOnlyMemory<byte> metadata;
        private TenantId? tenant;
        private AggregateType? aggregateType;
        private AggregateId? aggregateId;
        private CommitId? commitId;

        public TenantId Tenant => tenant!.Value;

        public AggregateType AggregateType => aggregateType!.Value;

        public AggregateId AggregateId => aggregateId!.Value;

        public CommitId CommitId => commitId!.Value;

        public int EventCount { get; private set; }

        public string? Read(ReadOnlyMemory<byte> utf8)
        {
            var reader = new Utf8JsonReader(utf8.Span, Options);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                return "not a JSON object";
            }

            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!seen.Add(name))
                {
                    return $"'{name}' appears twice";
                }

                reader.Read();
                if (ReadMember(name, utf8, ref reader) is { } problem)
                {
                    return problem;
                }
            }

            reader.Read();
            return null;
        }

        public string? FindProblem()
        {
            foreach (var name in (ReadOnlySpan<string>)["tenantId", "aggregateType", "aggregateId", "commitId", "events"])
            {
                if (!seen.Contains(name))
                {
                    return $"'{name}' is missing";
                }
            }

            return null;
        }

        public ReadOnlyMemory<byte> Body()
        {
            var body = new ArrayBufferWriter<byte>(events.Length + metadata.Length + 32);
            body.Write("{\"events\":"u8);
            body.Write(events.Span);
            if (!metadata.IsEmpty)
            {
                body.Write(",\"metadata\":"u8);
                body.Write(metadata.Span);
            }

            body.Write("}"u8);
            return body.WrittenMemory;
        }

        private string? ReadMember(string name, ReadOnlyMemory<byte> utf8, ref Utf8JsonReader reader)
        {
            switch (name)
            {
                case "tenantId":
                    tenant = TenantId.TryParse(Text(ref reader), out var tenantId) ? tenantId : null;
                    return tenant is null ? "'tenantId' must be 1-64 of a-z 0-9 and '-', starting with a letter or digit" : null;
                case "aggregateType":
                    aggregateType = AggregateType.TryParse(Text(ref reader), out var type) ? type : null;
                    return aggregateType is null ? "'aggregateType' must be 1-64 ASCII letters and digits, starting with a letter" : null;
                case "aggregateId":
                    aggregateId = AggregateId.TryParse(Text(ref reader), out var id) ? id : null;
                    return aggregateId is null ? "'aggregateId' must be 1-128 of A-Z a-z 0-9 . _ ~ @ and '-', but not '.' or '..'" : null;
                case "commitId":
                    commitId = CommitId.TryParse(Text(ref reader), out var key) ? key : null;
                    return commitId is null ? "'commitId' must be 1-255 visible ASCII characters" : null;
                case "metadata":
                    metadata = Raw(utf8, ref reader);
                    return null;
                case "events" when reader.TokenType is JsonTokenType.StartArray:
                    EventCount = CountElements(reader);
                    events = Raw(utf8, ref reader);
                    return null;
                case "events":
                    return "'events' must be an array";
                default:
                    return $"'{name}' is not a member of an append";
            }
        }

        private static string? Text(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.String ? reader.GetString() : null;

        private static ReadOnlyMemory<byte> Raw(ReadOnlyMemory<byte> utf8, ref Utf8JsonReader reader)
        {
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            return utf8[from..(int)reader.BytesConsumed];
        }

        private static int CountElements(Utf8JsonReader array)
        {
            var count = 0;
            while (array.Read() && array.TokenType is not JsonTokenType.EndArray)
            {
                count++;
                array.Skip();
            }

            return count;
        }
    }
}

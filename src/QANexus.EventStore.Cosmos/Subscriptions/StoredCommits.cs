using System.Globalization;
using System.Text.Json;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Subscriptions;

/// <summary>Reads commit documents for delivery: one that is damaged comes as such, so that only its own stream is held up.</summary>
internal static class StoredCommits
{
    /// <summary>A commit of a known stream.</summary>
    public static StoredCommit Read(ReadOnlyMemory<byte> document, StreamKey stream)
    {
        try
        {
            return From(CommitReader.Read(document, stream.Stream), stream);
        }
        catch (CorruptStreamException damage)
        {
            return new StoredCommit { Address = new CommitAddress(stream, NumberOf(document)), Events = [], Damage = damage };
        }
    }

    /// <summary>A commit of the stream that it names; null where it does not name one.</summary>
    public static StoredCommit? Read(ReadOnlyMemory<byte> document)
    {
        var (_, tenantId, streamId) = ReadEnvelope(document);
        return TenantId.TryFromStorageKey(tenantId, out var tenant) && StreamId.TryParse(streamId, out var stream)
            ? Read(document, new StreamKey(tenant, stream))
            : null;
    }

    private static StoredCommit From(Commit commit, StreamKey stream) => new()
    {
        Address = new CommitAddress(stream, commit.Number), Events = commit.Events, Revision = commit.Revision,
    };

    /// <summary>The id of a document is Cosmos DB's own and readable whatever became of the rest.</summary>
    private static long NumberOf(ReadOnlyMemory<byte> document) =>
        long.TryParse(ReadEnvelope(document).Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The members that say which commit it is. They stand first, so that the events are not looked at.</summary>
    private static (string? Id, string? TenantId, string? StreamId) ReadEnvelope(ReadOnlyMemory<byte> document)
    {
        string? id = null, tenant = null, stream = null;
        var reader = new Utf8JsonReader(document.Span);
        JsonMembers.Enter(ref reader);
        while ((id is null || tenant is null || stream is null) && JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals(CommitFields.Id.EncodedUtf8Bytes))
            {
                id = TextOf(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.TenantId.EncodedUtf8Bytes))
            {
                tenant = TextOf(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.StreamId.EncodedUtf8Bytes))
            {
                stream = TextOf(ref reader);
            }
            else
            {
                JsonMembers.Skip(ref reader);
            }
        }

        return (id, tenant, stream);
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }
}

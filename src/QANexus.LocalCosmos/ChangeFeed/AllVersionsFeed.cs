using System.Buffers;
using System.Text.Json;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>Every change, deletes included, with the document before and after it, in the order of the transactions.</summary>
internal static class AllVersionsFeed
{
    // Older formats have their members elsewhere.
    private const string WireFormat = "2021-09-15";

    /// <exception cref="RequestRefusedException">400: the container keeps no versions, or the feed cannot start there.</exception>
    public static void RequireServable(DataRequest data)
    {
        if (data.Header(CosmosHeaders.ChangeFeedWireFormatVersion) != WireFormat)
            throw RequestRefusedException.Unsupported($"all versions and deletes in another wire format than '{WireFormat}'");
        if (data.Container.Definition.VersionRetention is null)
        {
            throw RequestRefusedException.BadRequest(
                "The change feed with all versions and deletes (Full-Fidelity Feed) needs a container whose changeFeedPolicy has a retentionDuration.");
        }

        if (data.Header(CosmosHeaders.IfNoneMatch) is null)
        {
            throw RequestRefusedException.BadRequest(
                "The change feed with all versions and deletes starts now or at a continuation, neither at the beginning nor at a time.");
        }
    }

    public static ChangePage ReadPage(
        StoreConnection connection, Container container, FeedScope scope, ChangeFeedStart start, int size, long now)
    {
        var page = new FeedPage();
        var log = new VersionLog(connection, container);
        var position = RangePosition.Read(connection, container.Number, scope.Range.Id);
        if (start.FromNow)
            return new ChangePage(page, new FeedPosition(position));
        if (!log.IsCompleteAfter(scope.Range, start.AfterLsn, position, now))
        {
            throw RequestRefusedException.BadRequest(
                "The continuation of the change feed is older than the retention of the container: changes behind it are gone.");
        }

        foreach (var version in log.ReadAfter(scope.Keys, start.AfterLsn, position))
        {
            if (page.IsFull(size) && version.Lsn != page.LastLsn)
                return new ChangePage(page, new FeedPosition(page.LastLsn));
            page.Add(Write(container.Definition.PartitionKey, version), version.Lsn);
        }

        return new ChangePage(page, new FeedPosition(Math.Max(start.AfterLsn, position)));
    }

    private static ReadOnlyMemory<byte> Write(PartitionKeyDefinition partitionKey, ItemVersion version)
    {
        var buffer = new ArrayBufferWriter<byte>((version.Current?.Length ?? 0) + (version.Previous?.Length ?? 0) + 256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteImage(writer, "current", version.Current);
            WriteImage(writer, "previous", version.Previous);
            writer.WriteStartObject("metadata");
            writer.WriteString("operationType", OperationOf(version.Kind));
            writer.WriteNumber("lsn", version.Lsn);
            writer.WriteNumber("crts", version.Timestamp);
            if (version.PreviousLsn is { } previous)
                writer.WriteNumber("previousImageLSN", previous);
            writer.WriteBoolean("timeToLiveExpired", version.Kind == VersionKind.Expire);
            if (version.Current is null)
                WriteKey(writer, partitionKey, version.Previous!);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteImage(Utf8JsonWriter writer, string name, byte[]? document)
    {
        if (document is null)
            return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(document, skipInputValidation: true);
    }

    /// <summary>Which document is gone. A component that it did not have is left out.</summary>
    private static void WriteKey(Utf8JsonWriter writer, PartitionKeyDefinition partitionKey, byte[] gone)
    {
        using var document = JsonDocument.Parse(gone, JsonText.DocumentOptions);
        writer.WritePropertyName("id");
        document.RootElement.GetProperty("id").WriteTo(writer);
        writer.WriteStartObject("partitionKey");
        foreach (var path in partitionKey.Paths)
        {
            if (path.Find(document.RootElement) is not { } component)
                continue;
            writer.WritePropertyName(string.Join('/', path.Segments));
            component.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static string OperationOf(VersionKind kind) => kind switch
    {
        VersionKind.Create => "create",
        VersionKind.Replace => "replace",
        _ => "delete",
    };
}

using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalHost.Functions.Timers;

/// <summary>The records of timers, in the container of the leases. The Functions host keeps its own in its storage account.</summary>
internal sealed class TimerRecords(Container leases)
{
    public static string IdOf(TimerFunction function) => $"timer.{function.Name}";

    public async Task<TimerRecord?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await leases.ReadItemStreamAsync(id, new PartitionKey(id), cancellationToken: cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await JsonSerializer.DeserializeAsync(response.Content, TimerJson.Default.TimerRecord, cancellationToken);
    }

    public async Task WriteAsync(TimerRecord record, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(record, TimerJson.Default.TimerRecord));
        using var response = await leases.UpsertItemStreamAsync(body, new PartitionKey(record.Id), cancellationToken: cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}

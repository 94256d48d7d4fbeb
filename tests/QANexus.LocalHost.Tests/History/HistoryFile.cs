using System.Text.Json;

namespace QANexus.LocalHost.Tests.History;

/// <summary>
/// The real history that the customer gave: the commits of five repositories as append requests. It lies beside the repository, not in it, in
/// the folder that QANEXUS_SHARED_DATA names or <c>../shared/data</c>.
/// </summary>
internal static class HistoryFile
{
    public static string? Path { get; } = Find();

    /// <summary>The data of every event as it stands in the file, by stream and in order.</summary>
    public static async Task<Dictionary<string, List<HistoryEvent>>> ReadStreamsAsync()
    {
        var streams = new Dictionary<string, List<HistoryEvent>>(StringComparer.Ordinal);
        await foreach (var line in File.ReadLinesAsync(Path!))
        {
            using var append = JsonDocument.Parse(line);
            var root = append.RootElement;
            var route = $"/api/v1/tenants/{root.GetProperty("tenantId")}/streams/{root.GetProperty("aggregateType")}/{root.GetProperty("aggregateId")}/events";
            if (!streams.TryGetValue(route, out var events))
            {
                streams[route] = events = [];
            }

            events.AddRange(root.GetProperty("events").EnumerateArray().Select(HistoryEvent.Read));
        }

        return streams;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("QANEXUS_SHARED_DATA") is { Length: > 0 } named)
        {
            return Existing(named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "QANexus.Functions.sln")))
            {
                return Existing(System.IO.Path.Combine(folder.FullName, "..", "shared", "data"));
            }
        }

        return null;
    }

    private static string? Existing(string folder)
    {
        var file = System.IO.Path.Combine(folder, "history.jsonl");
        return File.Exists(file) ? file : null;
    }
}

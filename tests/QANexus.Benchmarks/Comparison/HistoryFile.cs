using System.Text.Json;

namespace QANexus.Benchmarks.Comparison;

/// <summary>A file of appends, one JSON object a line, as the local host imports them.</summary>
internal static class HistoryFile
{
    /// <summary>All of it, by stream and in order: it is to be in memory before the clock runs.</summary>
    public static IReadOnlyList<HistoryStream> Read(string path)
    {
        var streams = new Dictionary<(string, string), HistoryStream>();
        foreach (var line in File.ReadLines(path))
        {
            using var append = JsonDocument.Parse(line);
            var root = append.RootElement;
            var tenant = root.GetProperty("tenantId").GetString()!;
            var id = root.GetProperty("aggregateId").GetString()!;
            if (!streams.TryGetValue((tenant, id), out var stream))
            {
                streams[(tenant, id)] = stream = new HistoryStream(tenant, id, []);
            }

            stream.Appends.Add([.. root.GetProperty("events").EnumerateArray().Select(static e =>
                ComparedJson.Read(e.GetProperty("type").GetString()!, System.Text.Encoding.UTF8.GetBytes(e.GetProperty("data").GetRawText())))]);
        }

        return [.. streams.Values];
    }
}

/// <summary>The appends to one stream.</summary>
internal sealed record HistoryStream(string Tenant, string Id, List<IReadOnlyList<IComparedEvent>> Appends);

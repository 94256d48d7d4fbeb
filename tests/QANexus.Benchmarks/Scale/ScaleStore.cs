using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using QANexus.LocalCosmos;
using QANexus.LocalCosmos.Hosting;

namespace QANexus.Benchmarks.Scale;

/// <summary>The two processes of a scale run.</summary>
internal static class ScaleStore
{
    public const string LoadCommand = "scale-load";
    public const string ServeCommand = "scale-serve";

    private const int ItemsOfStream = 100;
    private const int Writers = 8;
    private const int Reads = 20_000;
    private const long MaxBytes = 500_000_000;
    private static readonly TimeSpan s_maxStart = TimeSpan.FromSeconds(3);
    private static readonly string s_text = new('x', 920);

    private static readonly string[] s_items = ["dbs", "db", "colls", "streams", "docs"];

    public static async Task<int> LoadAsync(string directory, string items)
    {
        var streams = int.Parse(items, CultureInfo.InvariantCulture) / ItemsOfStream;
        var watch = Stopwatch.StartNew();
        await using (var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory }))
        {
            using var client = new HttpClient(account.CreateHandler());
            await SendAsync(client, new SignedRequest(HttpMethod.Post, ["dbs"]), """{"id":"db"}""");
            await SendAsync(
                client, new SignedRequest(HttpMethod.Post, ["dbs", "db", "colls"]),
                """{"id":"streams","partitionKey":{"paths":["/tenant","/stream"],"kind":"MultiHash","version":2}}""");
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Increment(ref next) is var stream && stream < streams)
                    await WriteStreamAsync(client, stream);
            })));
        }

        var megabytes = Directory.GetFiles(directory).Sum(file => new FileInfo(file).Length) / 1_000_000;
        Console.WriteLine(FormattableString.Invariant($"Loaded {streams * ItemsOfStream:N0} items in {watch.Elapsed.TotalSeconds:0} s, {megabytes:N0} MB on the disk."));
        return Report("Peak of memory while loading", PeakBytes() / 1e6, MaxBytes / 1e6, "MB");
    }

    public static async Task<int> ServeAsync(string directory, string items)
    {
        var streams = int.Parse(items, CultureInfo.InvariantCulture) / ItemsOfStream;
        var opening = Stopwatch.StartNew();
        await using var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory });
        var opened = opening.Elapsed;
        await using var server = await account.ListenAsync(new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = server.Endpoint };
        await ReadAsync(client, streams - 1, ItemsOfStream - 1);
        // The whole process, the runtime's own start included.
        using var process = Process.GetCurrentProcess();
        var started = TimeProvider.System.GetUtcNow() - new DateTimeOffset(process.StartTime);
        Console.WriteLine(FormattableString.Invariant($"Opened in {opened.TotalMilliseconds:0} ms."));
        var failures = Report("First answer after the start of the process", started.TotalSeconds, s_maxStart.TotalSeconds, "s");

        var reading = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(reader => Task.Run(async () =>
        {
            var random = new Random(reader);
            for (var read = 0; read < Reads / Writers; read++)
                await ReadAsync(client, random.Next(streams), random.Next(ItemsOfStream));
        })));
        Console.WriteLine(FormattableString.Invariant($"{Reads:N0} reads at random by {Writers} readers in {reading.Elapsed.TotalSeconds:0.0} s."));
        var changes = await ReadFeedAsync(client);
        Console.WriteLine(FormattableString.Invariant($"{changes:N0} changes read from the change feed."));
        return failures + Report("Peak of memory while serving", PeakBytes() / 1e6, MaxBytes / 1e6, "MB");
    }

    private static int Report(string what, double value, double limit, string unit)
    {
        Console.WriteLine(FormattableString.Invariant($"{what}: {value:0.##} {unit}, allowed {limit:0.##} {unit}: {(value < limit ? "held" : "MISSED")}."));
        return value < limit ? 0 : 1;
    }

    private static long PeakBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static Task WriteStreamAsync(HttpClient client, int stream)
    {
        var operations = Enumerable.Range(0, ItemsOfStream).Select(item => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"operationType":"Create","resourceBody":{"id":"{{item:0000}}","tenant":"t{{stream % 7}}","stream":"s{{stream}}","n":{{item}},"text":"{{s_text}}"} }"""));
        var request = new SignedRequest(
            HttpMethod.Post, s_items, ("x-ms-documentdb-partitionkey", KeyOf(stream)), ("x-ms-cosmos-is-batch-request", "True"), ("x-ms-cosmos-batch-atomic", "True"));
        return SendAsync(client, request, $"[{string.Join(',', operations)}]");
    }

    private static async Task ReadAsync(HttpClient client, int stream, int item)
    {
        var id = item.ToString("0000", CultureInfo.InvariantCulture);
        var text = await SendAsync(client, new SignedRequest(HttpMethod.Get, [.. s_items, id], ("x-ms-documentdb-partitionkey", KeyOf(stream))), body: null);
        if (!text.Contains($"\"stream\":\"s{stream}\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"Another item than {stream}/{id}: {text}");
    }

    private static async Task<int> ReadFeedAsync(HttpClient client)
    {
        var (count, position) = (0, "\"0\"");
        while (true)
        {
            var request = new SignedRequest(
                HttpMethod.Get, s_items, ("x-ms-documentdb-partitionkeyrangeid", "0"), ("A-IM", "Incremental Feed"), ("If-None-Match", position), ("x-ms-max-item-count", "1000"));
            using var message = request.ToMessage(client.BaseAddress!, null);
            using var response = await client.SendAsync(message);
            if (response.StatusCode == HttpStatusCode.NotModified)
                return count;
            count += int.Parse(response.Headers.GetValues("x-ms-item-count").Single(), CultureInfo.InvariantCulture);
            position = response.Headers.ETag!.Tag;
        }
    }

    private static async Task<string> SendAsync(HttpClient client, SignedRequest request, string? body)
    {
        using var message = request.ToMessage(client.BaseAddress ?? LocalAccount.Endpoint, body is null ? null : Encoding.UTF8.GetBytes(body));
        using var response = await client.SendAsync(message);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{response.StatusCode}: {text}");
    }

    private static string KeyOf(int stream) => string.Create(CultureInfo.InvariantCulture, $"[\"t{stream % 7}\",\"s{stream}\"]");
}

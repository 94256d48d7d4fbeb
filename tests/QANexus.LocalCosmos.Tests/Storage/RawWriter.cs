using System.Globalization;
using System.Net;
using System.Text;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Tests.Authorization;

namespace QANexus.LocalCosmos.Tests.Storage;

/// <summary>
/// What <see cref="DoomedWriter"/> does, in plain HTTP messages: without the SDK to load, a process lives and dies in a few hundred milliseconds.
/// </summary>
internal static class RawWriter
{
    public const string Command = "write-raw-until-killed";

    private const int Writers = 4;

    public static async Task RunAsync(string directory, string round)
    {
        await using var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory });
        using var client = new HttpClient(account.CreateHandler()) { BaseAddress = LocalAccount.Endpoint };
        await CreateAsync(client, ["dbs"], """{"id":"db"}""");
        await CreateAsync(
            client, ["dbs", "db", "colls"],
            """{"id":"streams","partitionKey":{"paths":["/tenant","/stream"],"kind":"MultiHash","version":2}}""");
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteForEverAsync(client, round, writer)));
    }

    private static async Task CreateAsync(HttpClient client, string[] segments, string body)
    {
        using var request = Post(segments, body);
        using var response = await client.SendAsync(request);
        if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.Conflict))
            throw new InvalidOperationException($"{segments[^1]} refused: {response.StatusCode}");
    }

    private static async Task WriteForEverAsync(HttpClient client, string round, int writer)
    {
        var text = new string('x', 500);
        for (var number = 0; ; number++)
        {
            var operations = Enumerable.Range(0, DoomedWriter.BatchSize).Select(item => string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"operationType":"Create","resourceBody":{"key":"{{text}}","tenant":"{{round}}","stream":"{{writer}}","id":"{{number}}-{{item}}"} }"""));
            using var request = Post(["dbs", "db", "colls", "streams", "docs"], $"[{string.Join(',', operations)}]");
            request.Headers.Add(CosmosHeaders.IsBatchRequest, "True");
            request.Headers.Add(CosmosHeaders.BatchAtomic, "True");
            request.Headers.Add(CosmosHeaders.PartitionKey, $"[\"{round}\",\"{writer}\"]");
            using var response = await client.SendAsync(request);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"Batch refused: {response.StatusCode}");
            // One write call a line, so that the parent never reads half a name.
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{round}/{writer}/{number}"));
        }
    }

    private static HttpRequestMessage Post(string[] segments, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, string.Join('/', segments)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(CosmosHeaders.Date, MasterKeyToken.Date);
        request.Headers.TryAddWithoutValidation(CosmosHeaders.Authorization, MasterKeyToken.ForNames("POST", segments));
        return request;
    }
}

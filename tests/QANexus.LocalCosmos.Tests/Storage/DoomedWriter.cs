using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Authorization;

namespace QANexus.LocalCosmos.Tests.Storage;

/// <summary>A process that writes batches with several clients at once and prints the name of each acknowledged one, until it is killed.</summary>
internal static class DoomedWriter
{
    public const string Command = "write-until-killed";

    /// <summary>Items of a batch; all of them are there, or none.</summary>
    public const int BatchSize = 3;

    private const int Writers = 8;

    public static Process Start(string command, string directory, int round)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])["exec", typeof(DoomedWriter).Assembly.Location, command, directory, round.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static async Task RunAsync(string directory, string round)
    {
        await using var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory });
        using var client = CreateClient(account);
        Database database = await client.CreateDatabaseIfNotExistsAsync("db");
        Container container = await database.CreateContainerIfNotExistsAsync(new ContainerProperties("streams", ["/tenant", "/stream"]));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteForEverAsync(container, round, writer)));
    }

    public static CosmosClient CreateClient(LocalAccount account) => new(LocalAccount.Endpoint.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
    {
        ConnectionMode = ConnectionMode.Gateway,
        HttpClientFactory = () => new HttpClient(account.CreateHandler()),
        UseSystemTextJsonSerializerWithOptions = System.Text.Json.JsonSerializerOptions.Web,
    });

    private static async Task WriteForEverAsync(Container container, string round, int writer)
    {
        var stream = $"{round}-{writer}";
        for (var number = 0; ; number++)
        {
            var batch = container.CreateTransactionalBatch(Entry.KeyOf("t", stream));
            for (var item = 0; item < BatchSize; item++)
                batch.CreateItem(new Entry($"{number}-{item}", "t", stream) { Key = new string('x', 500) });
            using var response = await batch.ExecuteAsync();
            if (response.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"Batch refused: {response.StatusCode}");
            // One write call a line, so that the parent never reads half a name.
            await Console.Out.WriteLineAsync($"{stream}/{number}");
        }
    }
}

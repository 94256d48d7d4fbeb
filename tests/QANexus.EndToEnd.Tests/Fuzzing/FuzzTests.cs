using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using QANexus.EndToEnd.Tests.OpenApi;
using QANexus.LocalHost.Hosting;
using QANexus.ReadModels.Activity;
using QANexus.ReadModels.Auditing;
using QANexus.ReadModels.Streams;
using Xunit.Abstractions;

namespace QANexus.EndToEnd.Tests.Fuzzing;

/// <summary>
/// Requests of every kind against a local host: each is answered with a status that its operation describes, an error with a well-formed problem, none
/// with a failure of the server. QANEXUS_FUZZ_REQUESTS raises their number, QANEXUS_FUZZ_SEED repeats a run's.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int RequestsByDefault = 3_000;
    private const int RequestsOfALongRun = 20_000;
    private const int Connections = 4;

    /// <summary>Caches fill during the first quarter; after it nothing may grow.</summary>
    private const long MemoryAllowance = 8 * 1024 * 1024;

    /// <summary>Noise that never gets anywhere would prove nothing.</summary>
    private static readonly string[] MustSucceed =
    [
        "append-events", "read-stream", "query-events", "find-event", "count-events", "read-feed",
        "redact-event", "clear-tenant", "list-view", "list-schemas", "list-subscriptions", "list-parked", "health-live", "health-ready", "describe-api",
        "create-requirement", "update-requirement", "read-requirement", "create-bug", "create-sprint", "create-test-run", "import-test-report",
    ];

    /// <summary>What needs something to be there that few requests make.</summary>
    private static readonly string[] MustSucceedInALongRun = [.. MustSucceed, "read-state", "put-snapshot", "read-snapshot", "create-release", "evaluate-release"];

    private readonly ConcurrentDictionary<(string Operation, int Status), int> answers = new();
    private readonly ConcurrentQueue<string> failures = new();

    [Fact]
    public async Task Whatever_is_asked_the_answer_is_one_that_the_document_describes()
    {
        var count = Setting("QANEXUS_FUZZ_REQUESTS") ?? RequestsByDefault;
        var seed = Setting("QANEXUS_FUZZ_SEED") ?? 20261126;
        output.WriteLine($"QANEXUS_FUZZ_SEED={seed} QANEXUS_FUZZ_REQUESTS={count}");
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true, EnableClear = true, MinimumLogLevel = LogLevel.None }, CancellationToken.None);
        var document = await ApiDocument.LoadAsync(host.ApiAddress);
        var words = await Vocabulary.LoadAsync(host.ApiAddress, [StreamList.Name.Value, AuditTrail.View.Value, DailyActivity.Name.Value, "no-such-view"]);
        var generator = new RequestGenerator(document, words);

        var quarter = count / 4;
        List<long> memory = [];
        for (var part = 0; part < 4; part++)
        {
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(() => SendAsync(
                host.ApiAddress, document, words, generator, seed, Numbers(part * quarter, quarter, connection)))));
            memory.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        Report(memory);
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
        var wanted = count >= RequestsOfALongRun ? MustSucceedInALongRun : MustSucceed;
        Assert.Equal([], wanted.Where(id => !answers.Keys.Any(seen => seen.Operation == id && seen.Status < 300)));
        if (count >= RequestsOfALongRun)
        {
            Assert.InRange(memory[^1], 0, memory[0] + MemoryAllowance);
        }
    }

    private static IEnumerable<int> Numbers(int first, int count, int connection) =>
        Enumerable.Range(first, count).Where(number => number % Connections == connection);

    private async Task SendAsync(
        Uri address, ApiDocument document, Vocabulary words, RequestGenerator generator, int seed, IEnumerable<int> numbers)
    {
        using var connection = new RawConnection(address);
        foreach (var number in numbers.TakeWhile(_ => failures.Count < 20))
        {
            var random = new Random(HashCode(seed, number));
            var request = generator.Create(random);
            RawAnswer? answer = null;
            try
            {
                answer = await connection.SendAsync(request);
                var operation = AnswerRules.Check(document, request, answer);
                answers.AddOrUpdate((operation?.Id ?? "-", answer.Status), 1, static (_, seen) => seen + 1);
                Learn(words, answer, random);
            }
            catch (Exception failure)
            {
                failures.Enqueue($"seed {seed}, request {number}: {failure.Message}\n--- asked\n{request}\n--- answered\n{answer}");
            }
        }
    }

    private static void Learn(Vocabulary words, RawAnswer answer, Random random)
    {
        if (answer.Headers.TryGetValue("ETag", out var tag))
        {
            words.Learn("etag", tag, random);
        }

        if (answer is not { Status: 200 or 201, MediaType: "application/json" } || answer.Json.ValueKind is not System.Text.Json.JsonValueKind.Object)
        {
            return;
        }

        if (answer.Json.TryGetProperty("cursor", out var cursor))
        {
            words.Learn("cursor", cursor.GetString()!, random);
        }

        if (answer.Json.TryGetProperty("nextLink", out var link) && link.GetString()!.Split("cursor=") is [_, var inLink])
        {
            words.Learn("cursor", Uri.UnescapeDataString(inLink.Split('&')[0]), random);
        }

        if (answer.Json.TryGetProperty("events", out var events) && events.GetArrayLength() > 0)
        {
            words.Learn("eventId", events[0].GetProperty("eventId").GetString()!, random);
            if (events[0].TryGetProperty("data", out _))
            {
                words.Learn("event", events[0].GetRawText(), random);
            }
        }
    }

    private void Report(List<long> memory)
    {
        foreach (var operation in answers.GroupBy(static seen => seen.Key.Operation).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var statuses = operation.OrderBy(static seen => seen.Key.Status).Select(static seen => $"{seen.Value} x {seen.Key.Status}");
            output.WriteLine($"{operation.Key}: {string.Join(", ", statuses)}");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"KiB of managed memory after each quarter: {string.Join(", ", memory.Select(static bytes => bytes / 1024))}"));
    }

    /// <summary>The same in every process, which that of the runtime is not.</summary>
    private static int HashCode(int seed, int number) => unchecked((seed * 397) ^ (number * 7919));

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}

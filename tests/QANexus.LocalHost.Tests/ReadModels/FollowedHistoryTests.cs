using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalHost.Hosting;
using QANexus.LocalHost.Importing;
using QANexus.LocalHost.Tests.History;
using QANexus.LocalHost.Tests.Hosting;
using Xunit.Abstractions;

namespace QANexus.LocalHost.Tests.ReadModels;

/// <summary>A part of the customer's history, imported and followed while one request in five goes wrong and some events are poison to one handler.</summary>
public sealed class FollowedHistoryTests(ITestOutputHelper output)
{
    private const int Lines = 60;
    private const int PoisonEvery = 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [SkippableFact]
    public async Task Views_equal_the_fold_of_the_file_and_only_poison_is_parked()
    {
        Skip.If(HistoryFile.Path is null, "The customer's history.jsonl is not here: set QANEXUS_SHARED_DATA to its folder.");
        var lines = await Sample();
        var fold = HistoryFold.Of(lines);
        var poison = new PoisonedSubscriber();
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true, Faults = Faults(seed), MinimumLogLevel = Microsoft.Extensions.Logging.LogLevel.None },
            typeof(LocalHostApplication).Assembly.GetTypes(),
            services => services.AddSingleton<IEventSubscriber>(poison),
            CancellationToken.None);
        using var views = new ViewClient(host.ApiAddress);

        await ImportAsync(lines, host.ApiAddress);

        foreach (var tenant in fold.Tenants)
        {
            await ViewClient.UntilAsync(
                async () => fold.StreamsOf(tenant).SequenceEqual(await views.StreamsOfAsync(tenant))
                    && fold.ActivityOf(tenant).SequenceEqual(await views.ActivityOfAsync(tenant)),
                Patience);
            Assert.Equal(fold.StreamsOf(tenant), await views.StreamsOfAsync(tenant));
            Assert.Equal(fold.ActivityOf(tenant), await views.ActivityOfAsync(tenant));
            await ViewClient.UntilAsync(async () => await LagAsync(views, tenant) == 0, Patience);
            Assert.Equal(0, await LagAsync(views, tenant));
        }

        // The audit trail, in the same group as the poisoned handler, has everything.
        Assert.Equal(fold.Events, (await Task.WhenAll(fold.Tenants.Select(tenant => views.ListAsync($"/api/v1/tenants/{tenant}/views/audit-trail?maxCount=1000")))).Sum(static t => t.Count));
        var parked = await Task.WhenAll(fold.Tenants.Select(tenant => views.ListAsync($"/api/v1/tenants/{tenant}/subscriptions/run-subscribers/parked")));
        Assert.Equal(poison.Refused.Keys.Order(StringComparer.Ordinal), parked.SelectMany(static p => p).Select(static p => p.GetProperty("eventId").GetString()!).Order(StringComparer.Ordinal));

        poison.IsFixed = true;
        foreach (var (tenant, streams) in fold.Tenants.Zip(parked))
        {
            foreach (var stream in streams)
            {
                await RetryAsync(views, $"/api/v1/tenants/{tenant}/subscriptions/run-subscribers/parked/{stream.GetProperty("streamId").GetString()}/retry");
            }
        }

        Assert.Equal(fold.Events, poison.Handled.Count);
        Assert.All(fold.Tenants, tenant => Assert.Equal(
            fold.StreamsOf(tenant).Count(), poison.Handled.Keys.Where(key => key.StartsWith($"{tenant}/", StringComparison.Ordinal)).Select(static key => key[..key.LastIndexOf(':')]).Distinct().Count()));
    }

    private static async Task RetryAsync(ViewClient views, string route)
    {
        HttpStatusCode status = default;
        await ViewClient.UntilAsync(
            async () =>
            {
                using var response = await views.PostAsync(route);
                status = response.StatusCode;
                return status is HttpStatusCode.OK && JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement.GetProperty("value").GetArrayLength() == 0;
            },
            Patience);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    /// <summary>Every so many lines of the file, so that all tenants are among them; streams that are cut begin later, which no view minds.</summary>
    private static async Task<List<string>> Sample()
    {
        var all = await File.ReadAllLinesAsync(HistoryFile.Path!);
        var step = all.Length / Lines;
        return [.. all.Where((_, index) => index % step == 0).Take(Lines)];
    }

    private static IReadOnlyList<FaultRule> Faults(int seed) =>
    [
        new() { Fault = new StatusFault(429, RetryAfter: TimeSpan.FromMilliseconds(2)), Probability = 0.08, Seed = seed },
        new() { Fault = new StatusFault(449), Probability = 0.04, Seed = seed + 1 },
        new() { Fault = new CutConnectionFault(), Probability = 0.04, Seed = seed + 2 },
        new() { Fault = new LostResponseFault(), Probability = 0.04, Seed = seed + 3 },
    ];

    private static async Task<long> LagAsync(ViewClient views, string tenant) =>
        (await views.ListAsync($"/api/v1/tenants/{tenant}/subscriptions")).Sum(static s => s.GetProperty("lag").GetProperty("commits").GetInt64());

    private static async Task ImportAsync(IEnumerable<string> lines, Uri address)
    {
        using var folder = new TempFolder();
        var file = System.IO.Path.Combine(folder.Path, "sample.jsonl");
        await File.WriteAllLinesAsync(file, lines);
        using var handler = new SocketsHttpHandler();
        using var said = new StringWriter(CultureInfo.InvariantCulture);
        var run = new ImportRun(handler, said, said, isTerminal: false, TimeProvider.System) { Retries = new RetryPolicy { Attempts = 20 } };
        var exitCode = await run.RunAsync(new ImportOptions { File = file, BaseAddress = address }, CancellationToken.None);
        Assert.True(exitCode == 0, said.ToString());
    }

    /// <summary>Refuses one event in thirty until it is fixed.</summary>
    private sealed class PoisonedSubscriber : IEventSubscriber
    {
        public SubscriptionName Name { get; } = SubscriptionName.Parse("poisoned");

        public IReadOnlyCollection<EventType>? EventTypes => null;

        public bool IsFixed { get; set; }

        public ConcurrentDictionary<string, bool> Refused { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, bool> Handled { get; } = new(StringComparer.Ordinal);

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
        {
            var id = delivery.Event.Id.Value;
            if (!IsFixed && id.Aggregate(17, static (hash, c) => unchecked((hash * 31) + c)) % PoisonEvery == 0)
            {
                Refused[id] = true;
                throw new FormatException("The handler cannot read this one.");
            }

            Handled[$"{delivery.Tenant}/{EventId.At(delivery.Event.Stream, delivery.Event.Version)}"] = true;
            return Task.CompletedTask;
        }
    }
}

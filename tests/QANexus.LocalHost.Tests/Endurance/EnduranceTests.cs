using System.Diagnostics;
using System.Globalization;
using System.Net;
using QANexus.LocalHost.Importing;
using QANexus.LocalHost.Tests.History;
using QANexus.LocalHost.Tests.Hosting;
using Xunit.Abstractions;

namespace QANexus.LocalHost.Tests.Endurance;

/// <summary>
/// The customer's history imported into a host while one request in five goes wrong, the host's process is killed every few seconds, its data is split over
/// more partitions, some events are poison to one subscriber, and views are rebuilt. Nothing is lost and nothing is there twice.
/// </summary>
/// <remarks>
/// <c>QANEXUS_ENDURANCE_APPENDS</c> is how many appends of the file, <c>all</c> for the whole, which took a quarter of an hour; 300 where it is not set. <c>QANEXUS_ENDURANCE_SEED</c> repeats
/// the poison, the draws of faults and the lengths of lives of a run, which begins by printing its seed; in what order processes and threads come to them it does not
/// repeat.
/// </remarks>
public sealed class EnduranceTests(ITestOutputHelper output)
{
    private const string Subscribers = "run-subscribers";
    private const string Projections = "project-views";

    /// <summary>Lives at the least, however soon the import is through.</summary>
    private const int LeastLives = 3;

    /// <summary>Appends that a life stores at the least, unless the import is through.</summary>
    private const int LeastAppends = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>What no fault excuses: an unforeseen failure of a request, a batch lost to a function, a listener that failed, a batch that cannot be read.</summary>
    private static readonly string[] Defects = ["[2000]", "[3102]", "[3112]", "[4001]"];

    [SkippableFact]
    public async Task Nothing_is_lost_or_there_twice_whatever_goes_wrong_and_only_poison_is_parked()
    {
        Skip.If(HistoryFile.Path is null, "The customer's history.jsonl is not here: set QANEXUS_SHARED_DATA to its folder.");
        var plan = await EndurancePlan.ReadAsync();
        var fold = HistoryFold.Of(plan.Lines);
        Say($"seed {plan.Seed}: {plan.Lines.Count} appends, {fold.Events} events, {fold.Streams} streams, {plan.Poison.Count} events are poison");
        using var folder = new TempFolder();
        var poison = folder.Combine("poison.txt");
        await File.WriteAllLinesAsync(poison, plan.Poison);
        await using var host = new MortalHost(plan, folder.Combine("data"), poison);
        using var views = new ViewClient(host.ApiAddress);

        await ImportAsync(plan, host, views, fold.Tenants, folder.Combine("history.jsonl"));
        await AssertIsFoldAsync(views, fold, plan.Poison);
        foreach (var tenant in fold.Tenants)
        {
            await ViewClient.AssertBecomesAsync(
                fold.ParkedOf(tenant, plan.Poison),
                async () => [.. (await views.ParkedAsync(tenant, Subscribers)).Select(Describe).Order(StringComparer.Ordinal)], Patience);
            Assert.All(await views.ParkedAsync(tenant, Subscribers), static stream => Assert.Equal(
                (Mailbox.View.Value, Mailbox.Error, 5),
                (stream.GetProperty("handler").GetString(), stream.GetProperty("error").GetString(), stream.GetProperty("attempts").GetInt32())));
            Assert.Empty(await views.ParkedAsync(tenant, Projections));
        }

        // The mailbox learns to read: a new deployment.
        await host.KillAsync();
        await File.WriteAllTextAsync(poison, string.Empty);
        await host.StartAsync();
        foreach (var tenant in fold.Tenants)
        {
            foreach (var stream in await views.ParkedAsync(tenant, Subscribers))
            {
                await views.SendAsync(HttpMethod.Post, $"/api/v1/tenants/{tenant}/subscriptions/{Subscribers}/parked/{stream.GetProperty("streamId").GetString()}/retry");
            }

            Assert.Empty(await views.ParkedAsync(tenant, Subscribers));
        }

        await AssertIsFoldAsync(views, fold, new HashSet<string>());
        await host.KillAsync();
        Say($"{host.Lives} lives, {host.Faults} faults, {host.Log.Count(static line => line.Contains("[4005]", StringComparison.Ordinal))} redeliveries by the reconciler");
        Assert.InRange(host.Faults, plan.Lines.Count / 5, long.MaxValue);
        Assert.DoesNotContain(host.Log, static line => Defects.Any(id => line.Contains(id, StringComparison.Ordinal)));
    }

    private static string Describe(System.Text.Json.JsonElement parked) =>
        $"{parked.GetProperty("streamId").GetString()} {parked.GetProperty("eventId").GetString()} {parked.GetProperty("eventType").GetString()}";

    private async Task ImportAsync(EndurancePlan plan, MortalHost host, ViewClient views, IReadOnlyList<string> tenants, string file)
    {
        await File.WriteAllLinesAsync(file, plan.Lines);
        using var enough = new CancellationTokenSource();
        using var answers = new AnswerCount();
        var living = host.RunAsync(() => answers.GrowAsync(Math.Min(LeastAppends, plan.Lines.Count / 6)), enough.Token);
        var import = ImportAsync(answers, file, host.ApiAddress);
        var disturbances = DisturbAsync(plan, host, views, tenants, answers);
        await import;
        answers.Complete();
        Say($"imported after {host.Lives} lives");
        await disturbances;
        await host.ReachAsync(LeastLives);
        await enough.CancelAsync();
        await living;
        foreach (var tenant in tenants)
        {
            foreach (var view in (string[])["stream-list", "activity"])
            {
                await ViewClient.AssertBecomesAsync(["is in force"], async () => [await RebuildOfAsync(views, tenant, view)], Patience);
            }
        }

        Say($"rebuilt after {host.Lives} lives");
    }

    /// <summary>At some points of the import, told by how much of it was answered: rebuilds, and two splits.</summary>
    private async Task DisturbAsync(EndurancePlan plan, MortalHost host, ViewClient views, IReadOnlyList<string> tenants, AnswerCount answers)
    {
        await answers.ReachAsync(plan.Lines.Count / 5);
        var partitions = await host.SplitAsync("0");
        await answers.ReachAsync(plan.Lines.Count / 3);
        foreach (var tenant in tenants)
        {
            await views.SendAsync(HttpMethod.Post, $"/api/v1/tenants/{tenant}/views/stream-list/rebuild");
            await views.SendAsync(HttpMethod.Post, $"/api/v1/tenants/{tenant}/views/activity/rebuild");
        }

        await answers.ReachAsync(plan.Lines.Count / 2);
        partitions = await host.SplitAsync(partitions[0]);
        Assert.Equal(3, partitions.Count);
        Say($"split into {string.Join(", ", partitions)} and asked for rebuilds");
    }

    private static async Task<string> RebuildOfAsync(ViewClient views, string tenant, string view)
    {
        var rebuild = await views.SendAsync(HttpMethod.Get, $"/api/v1/tenants/{tenant}/views/{view}/rebuild");
        return rebuild.GetProperty("state").GetString() is "removing" or "done" ? "is in force" : rebuild.ToString();
    }

    private static async Task ImportAsync(AnswerCount answers, string file, Uri address)
    {
        using var said = new StringWriter(CultureInfo.InvariantCulture);
        var run = new ImportRun(answers, said, said, isTerminal: false, TimeProvider.System)
        {
            Retries = new RetryPolicy { Attempts = 10_000, FirstDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(500) },
        };
        await answers.WaitForHostAsync(address);
        var exitCode = await run.RunAsync(new ImportOptions { File = file, BaseAddress = address }, CancellationToken.None);
        Assert.True(exitCode == ImportRun.AllImported, said.ToString());
    }

    private async Task AssertIsFoldAsync(ViewClient views, HistoryFold fold, IReadOnlySet<string> poison)
    {
        foreach (var tenant in fold.Tenants)
        {
            await ViewClient.AssertBecomesAsync(fold.StreamsOf(tenant), () => views.StreamsOfAsync(tenant), Patience);
            await ViewClient.AssertBecomesAsync(fold.ActivityOf(tenant), () => views.ActivityOfAsync(tenant), Patience);
            await ViewClient.AssertBecomesAsync(fold.AuditTrailOf(tenant), () => views.AuditTrailOfAsync(tenant), Patience);
            await ViewClient.AssertBecomesAsync(fold.MailboxOf(tenant, poison), () => views.MailboxOfAsync(tenant), Patience);
        }

        Say("all views are the fold");
    }

    private readonly long started = Stopwatch.GetTimestamp();

    private void Say(string what) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(started).TotalSeconds,7:0.0} s  {what}"));

    /// <summary>The way to the host, on which appends that succeeded are counted.</summary>
    private sealed class AnswerCount() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int stored;
        private volatile bool isComplete;

        /// <summary>There will be no more.</summary>
        public void Complete() => isComplete = true;

        public Task GrowAsync(int by) => ReachAsync(Volatile.Read(ref stored) + by);

        public async Task ReachAsync(int count)
        {
            while (Volatile.Read(ref stored) < count && !isComplete)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }

        /// <summary>An import gives up on an address where nobody is when it begins.</summary>
        public async Task WaitForHostAsync(Uri address)
        {
            using var client = new HttpClient(this, disposeHandler: false);
            while (true)
            {
                try
                {
                    using var answer = await client.GetAsync(new Uri(address, "api/health/live"));
                    return;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50));
                }
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Post && response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
            {
                Interlocked.Increment(ref stored);
            }

            return response;
        }
    }
}

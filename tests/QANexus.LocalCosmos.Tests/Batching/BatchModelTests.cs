using System.Net;
using CsCheck;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.Batching;

/// <summary>Random batches against a dictionary that does the same.</summary>
public sealed class BatchModelTests
{
    private static readonly Gen<Step> s_step = Gen.Select(
        Gen.Enum<StepKind>(), Gen.Int[0, 3], Gen.OneOf("k1", "k2", "k3"), Gen.Int[0, 99], (kind, id, key, n) => new Step(kind, $"{id}", key, n));

    private enum StepKind
    {
        Create,
        Upsert,
        Replace,
        Delete,
        Read,
    }

    [Theory]
    [InlineData(Setting.InMemory, 60)]
    [InlineData(Setting.Durable, 15)]
    public async Task Batches_end_as_in_the_model(Setting setting, int iterations)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync(properties =>
            properties.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/key" } }));
        var stream = 0;

        await s_step.Array[1, 4].Array[1, 12].SampleAsync(
            async batches =>
            {
                var name = $"s{Interlocked.Increment(ref stream)}";
                var model = new Dictionary<string, Entry>();
                foreach (var steps in batches)
                {
                    var expected = Apply(model, steps, name, out var next);
                    var (status, results) = await ExecuteAsync(container, steps, name);
                    Assert.Equal(expected, results);
                    Assert.Equal(expected.FirstOrDefault(code => code >= HttpStatusCode.BadRequest && code != HttpStatusCode.FailedDependency, HttpStatusCode.OK), status);
                    model = next;
                }

                Assert.Equal(model.Values.OrderBy(entry => entry.Id), (await StoredAsync(container, name)).OrderBy(entry => entry.Id));
            },
            iter: iterations, threads: 1);
    }

    private static List<HttpStatusCode> Apply(Dictionary<string, Entry> model, Step[] steps, string stream, out Dictionary<string, Entry> next)
    {
        next = new Dictionary<string, Entry>(model);
        var results = new List<HttpStatusCode>();
        foreach (var step in steps)
        {
            results.Add(Apply(next, step, stream));
            if (results[^1] < HttpStatusCode.BadRequest)
                continue;
            next = model;
            return
            [
                .. Enumerable.Repeat(HttpStatusCode.FailedDependency, results.Count - 1), results[^1],
                .. Enumerable.Repeat(HttpStatusCode.FailedDependency, steps.Length - results.Count),
            ];
        }

        return results;
    }

    private static HttpStatusCode Apply(Dictionary<string, Entry> items, Step step, string stream)
    {
        var exists = items.ContainsKey(step.Id);
        var isTaken = items.Values.Any(item => item.Id != step.Id && item.Key == step.Key);
        switch (step.Kind)
        {
            case StepKind.Create when exists:
                return HttpStatusCode.Conflict;
            case StepKind.Replace or StepKind.Delete or StepKind.Read when !exists:
                return HttpStatusCode.NotFound;
            case StepKind.Read:
                return HttpStatusCode.OK;
            case StepKind.Delete:
                items.Remove(step.Id);
                return HttpStatusCode.NoContent;
            case var _ when isTaken:
                return HttpStatusCode.Conflict;
            default:
                items[step.Id] = step.ToEntry(stream);
                return exists ? HttpStatusCode.OK : HttpStatusCode.Created;
        }
    }

    private static async Task<(HttpStatusCode Status, List<HttpStatusCode> Results)> ExecuteAsync(Container container, Step[] steps, string stream)
    {
        var batch = container.CreateTransactionalBatch(Entry.KeyOf("t", stream));
        foreach (var step in steps)
        {
            _ = step.Kind switch
            {
                StepKind.Create => batch.CreateItem(step.ToEntry(stream)),
                StepKind.Upsert => batch.UpsertItem(step.ToEntry(stream)),
                StepKind.Replace => batch.ReplaceItem(step.Id, step.ToEntry(stream)),
                StepKind.Delete => batch.DeleteItem(step.Id),
                _ => batch.ReadItem(step.Id),
            };
        }

        using var response = await batch.ExecuteAsync();
        return (response.StatusCode, [.. response.Select(result => result.StatusCode)]);
    }

    private static async Task<List<Entry>> StoredAsync(Container container, string stream)
    {
        var entries = new List<Entry>();
        using var feed = container.GetItemQueryIterator<Entry>(
            requestOptions: new QueryRequestOptions { PartitionKey = Entry.KeyOf("t", stream), MaxItemCount = 2 });
        while (feed.HasMoreResults)
            entries.AddRange(await feed.ReadNextAsync());
        return entries;
    }

    private sealed record Step(StepKind Kind, string Id, string Key, int N)
    {
        public Entry ToEntry(string stream) => new(Id, "t", stream) { Key = Key, N = N };
    }
}

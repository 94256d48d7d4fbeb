using System.Collections.Concurrent;
using System.Text;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Databases;
using QANexus.LocalCosmos.Expiry;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Partitioning;

namespace QANexus.LocalCosmos.Tests.Expiry;

/// <summary>The sweep beside everything else: what a client cannot see from outside.</summary>
public sealed class ExpirySweepTests
{
    [Fact]
    public async Task Closing_waits_for_the_group_under_way_and_for_no_other()
    {
        var time = new ManualTime();
        await using var store = new GatedStore();
        var account = new AccountData(store, time);
        var container = await CreateAsync(account, items: 3 * ExpirySweep.GroupSize);
        var sweep = new ExpirySweep(account, failure => Assert.Fail(failure.ToString()));
        await time.ArmedAsync();
        time.Advance(TimeSpan.FromSeconds(10));
        await store.ArrivedAsync();

        var closing = sweep.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        store.LetThrough(10);
        await closing;

        Assert.Equal(1, store.Writes);
        Assert.Equal(2 * ExpirySweep.GroupSize, Count(account, container));
        Assert.Equal(0, time.Waiting);
        // Closing twice is closing once.
        await sweep.DisposeAsync();
    }

    [Fact]
    public async Task A_group_has_so_many_items_and_the_last_one_finds_nothing()
    {
        var time = new ManualTime();
        await using var store = new GatedStore();
        var account = new AccountData(store, time);
        var container = await CreateAsync(account, items: (2 * ExpirySweep.GroupSize) + 1);
        await using var sweep = new ExpirySweep(account, failure => Assert.Fail(failure.ToString()));
        store.LetThrough(10);

        await time.SweepAfterAsync(TimeSpan.FromSeconds(10));

        Assert.Equal((4, 0), (store.Writes, Count(account, container)));
    }

    [Fact]
    public async Task A_sweep_that_fails_is_reported_and_the_next_one_tries_again()
    {
        var time = new ManualTime();
        await using var store = new GatedStore { Failure = new IOException("The disk is full.") };
        var account = new AccountData(store, time);
        var container = await CreateAsync(account, items: 1);
        var failures = new ConcurrentQueue<Exception>();
        await using var sweep = new ExpirySweep(account, failures.Enqueue);
        store.LetThrough(10);

        await time.SweepAfterAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1, Count(account, container));
        store.Failure = null;
        await time.SweepAfterAsync(ExpirySweep.Interval);

        Assert.Equal("The disk is full.", Assert.Single(failures).Message);
        Assert.Equal(0, Count(account, container));
    }

    [Fact]
    public async Task Without_a_container_that_expires_anything_no_timer_runs()
    {
        var time = new ManualTime();
        await using var store = new GatedStore();
        var account = new AccountData(store, time);
        await CreateAsync(account, items: 0, timeToLive: "");
        await using var sweep = new ExpirySweep(account, failure => Assert.Fail(failure.ToString()));
        Assert.Equal(0, time.Waiting);

        await CreateAsync(account, items: 0);

        await time.ArmedAsync();
        Assert.Equal(1, time.Waiting);
    }

    private static async Task<Container> CreateAsync(AccountData account, int items, string timeToLive = ""","defaultTtl":5""")
    {
        var definition = ContainerDefinition.Parse(Encoding.UTF8.GetBytes($$"""{"id":"c{{timeToLive.Length}}","partitionKey":{"paths":["/pk"]}{{timeToLive}}}"""));
        return await account.ChangeAsync((connection, catalog) =>
        {
            var database = catalog.FindDatabase("db") ?? new Database(1, "db", Revision: 1, account.Now);
            var range = new PartitionKeyRange(0, EffectivePartitionKeyRange.Full, []);
            var container = new Container(database, Counters.Next(connection, Counters.Containers), definition, Revision: 1, account.Now, [range]);
            CatalogTables.Insert(connection, container);
            Assert.True(PartitionKeyValue.TryParse("""["p"]""", out var partitionKey));
            var key = EffectivePartitionKey.Of(partitionKey, PartitionKeyKind.Hash);
            var transaction = new ItemTransaction(connection, container, range, account.Now);
            for (var id = 0; id < items; id++)
            {
                var operation = new ItemOperation(ItemOperationKind.Create) { Body = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","pk":"p"}""") };
                Assert.Equal(201, transaction.Apply(PreparedItem.Of(container, partitionKey, key, operation)).StatusCode);
            }

            transaction.Complete();
            return new CatalogChange<Container>(container, catalog.With(database).With(container));
        });
    }

    private static long Count(AccountData account, Container container) =>
        account.Store.Read(connection => connection.Scalar($"SELECT count(*) FROM documents_{container.Number}"));
}

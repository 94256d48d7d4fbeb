using System.Collections.ObjectModel;
using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Querying;

public sealed class SortIndexTests
{
    private const string NoComposite = "does not have a corresponding composite index";
    private const string Excluded = "The index path corresponding to the specified order-by item is excluded.";

    private static readonly PartitionKey s_key = new("p");

    [Theory]
    [InlineData("ORDER BY c.data.size", false)]
    [InlineData("ORDER BY c.data.size DESC", true)]
    [InlineData("ORDER BY c._etag", true)]
    [Proves(Area.Queries, "ORDER BY only over what is indexed; several columns by a composite index")]
    public async Task An_order_by_an_excluded_path_is_refused(string order, bool direct)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync(ExcludeData);

        Assert.Contains(Excluded, await RefusedAsync(container, order, direct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ORDER BY c.id", "1,2,3")]
    [InlineData("ORDER BY c._ts, c.id DESC", "3,2,1")]
    [InlineData("ORDER BY c.data.rank DESC", "3,2,1")]
    [InlineData("ORDER BY c.a", "1,3,2")]
    public async Task An_order_by_what_is_indexed_is_served(string order, string ids)
    {
        await using var account = await TestAccount.OpenAsync(time: new ManualTime());
        var container = await account.CreateFlatAsync(properties =>
        {
            ExcludeData(properties);
            properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = "/data/rank/?" });
            properties.IndexingPolicy.CompositeIndexes.Add(Composite(("/_ts", false), ("/id", true)));
        });
        await FillAsync(container);

        Assert.Equal(ids, await IdsAsync(container, order, direct: true));
        Assert.Equal(ids, await IdsAsync(container, order, direct: false));
    }

    [Theory]
    [InlineData("ORDER BY c.a ASC, c.b DESC", "3,1,2")]
    [InlineData("ORDER BY c.a DESC, c.b ASC", "2,1,3")]
    [InlineData("ORDER BY c.data.size, c.b", "1,2,3")]
    [Proves(Area.Queries, "ORDER BY only over what is indexed; several columns by a composite index")]
    public async Task Several_columns_are_served_by_a_composite_index_read_forwards_or_backwards(string order, string ids)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync(properties =>
        {
            ExcludeData(properties);
            properties.IndexingPolicy.CompositeIndexes.Add(Composite(("/a", false), ("/b", true)));
            // An index of its own: that the paths are excluded from the plain one does not matter.
            properties.IndexingPolicy.CompositeIndexes.Add(Composite(("/data/size", false), ("/b", false)));
        });
        await FillAsync(container);

        Assert.Equal(ids, await IdsAsync(container, order, direct: true));
        Assert.Equal(ids, await IdsAsync(container, order, direct: false));
    }

    [Theory]
    [InlineData("ORDER BY c.a, c.b")]
    [InlineData("ORDER BY c.a DESC, c.b DESC")]
    [InlineData("ORDER BY c.b DESC, c.a ASC")]
    [InlineData("ORDER BY c.a ASC, c.b DESC, c.id ASC")]
    [InlineData("ORDER BY c.b ASC, c.id ASC")]
    [Proves(Area.Queries, "ORDER BY only over what is indexed; several columns by a composite index")]
    public async Task Several_columns_without_a_composite_index_of_just_them_are_refused(string order)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync(properties =>
        {
            properties.IndexingPolicy.CompositeIndexes.Add(Composite(("/a", false), ("/b", true)));
            properties.IndexingPolicy.CompositeIndexes.Add(Composite(("/b", false), ("/id", false), ("/a", false)));
        });

        Assert.Contains(NoComposite, await RefusedAsync(container, order, direct: true), StringComparison.Ordinal);
        Assert.Contains(NoComposite, await RefusedAsync(container, order, direct: false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ORDER BY c.id", Excluded)]
    [InlineData("ORDER BY c.a, c.b", NoComposite)]
    public async Task Without_an_index_nothing_is_sorted(string order, string reason)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync(properties =>
        {
            properties.IndexingPolicy.Automatic = true;
            properties.IndexingPolicy.IndexingMode = IndexingMode.Consistent;
            properties.IndexingPolicy.CompositeIndexes.Add(Composite(("/a", false), ("/b", false)));
        });
        Assert.Equal("", await IdsAsync(container, order, direct: true));
        ContainerProperties properties = await container.ReadContainerAsync();
        properties.IndexingPolicy.IndexingMode = IndexingMode.None;
        await container.ReplaceContainerAsync(properties);

        Assert.Contains(reason, await RefusedAsync(container, order, direct: true), StringComparison.Ordinal);
    }

    private static void ExcludeData(ContainerProperties properties)
    {
        properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = "/*" });
        properties.IndexingPolicy.ExcludedPaths.Add(new ExcludedPath { Path = "/data/*" });
        properties.IndexingPolicy.ExcludedPaths.Add(new ExcludedPath { Path = "/\"_etag\"/?" });
    }

    private static Collection<CompositePath> Composite(params (string Path, bool IsDescending)[] columns) =>
    [
        .. columns.Select(column => new CompositePath
        {
            Path = column.Path,
            Order = column.IsDescending ? CompositePathSortOrder.Descending : CompositePathSortOrder.Ascending,
        }),
    ];

    private static async Task FillAsync(Container container)
    {
        foreach (var body in (string[])
            [
                """{"id":"1","pk":"p","a":1,"b":1,"data":{"size":5,"rank":1}}""",
                """{"id":"2","pk":"p","a":2,"b":2,"data":{"size":5,"rank":2}}""",
                """{"id":"3","pk":"p","a":1,"b":3,"data":{"size":7,"rank":3}}""",
            ])
        {
            using var created = await container.CreateItemStreamAsync(TestAccount.Json(body), s_key);
            created.EnsureSuccessStatusCode();
        }
    }

    private static async Task<string> IdsAsync(Container container, string order, bool direct)
    {
        using var query = container.GetItemQueryIterator<Named>($"SELECT c.id FROM c {order}", requestOptions: Options(direct));
        var ids = new List<string>();
        while (query.HasMoreResults)
            ids.AddRange((await query.ReadNextAsync()).Select(item => item.Id));
        return string.Join(',', ids);
    }

    private static async Task<string> RefusedAsync(Container container, string order, bool direct)
    {
        var refusal = await Assert.ThrowsAsync<CosmosException>(() => IdsAsync(container, order, direct));
        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
        return refusal.ResponseBody;
    }

    // Direct: the text as it is; else the client asks for a plan and sends what that rewrites, to all partitions.
    private static QueryRequestOptions Options(bool direct) =>
        direct ? new QueryRequestOptions { PartitionKey = s_key, EnableOptimisticDirectExecution = true } : new QueryRequestOptions();

    private sealed record Named(string Id);
}

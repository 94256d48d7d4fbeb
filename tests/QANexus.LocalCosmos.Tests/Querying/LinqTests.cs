using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Linq;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Querying;

/// <summary>What the SDK makes of LINQ gives what LINQ gives over the same objects in memory.</summary>
public sealed class LinqTests
{
    private static readonly List<Row> s_rows =
    [
        .. Enumerable.Range(0, 40).Select(n => new Row(
            $"{n}", $"t{n % 3}", $"s{n % 7}", n, n % 4 == 0 ? $"Ännä {n}" : $"bob {n}", [.. Enumerable.Range(n, n % 4)], n % 5 == 0 ? null : n / 2.0)),
    ];

    private static readonly string[] s_some = ["t0", "t2"];

    private static readonly Dictionary<string, Func<IQueryable<Row>, IQueryable<string>>> s_queries = new(StringComparer.Ordinal)
    {
        ["where and order"] = rows => rows.Where(row => row.Tenant == "t1" && row.N >= 5).OrderByDescending(row => row.N).Select(row => row.Id),
        ["skip and take"] = rows => rows.Where(row => row.N % 2 == 1).OrderBy(row => row.N).Skip(3).Take(5).Select(row => row.Id),
        ["take"] = rows => rows.OrderBy(row => row.N).Take(3).Select(row => row.Name),
        ["in a list"] = rows => rows.Where(row => s_some.Contains(row.Tenant)).Select(row => row.Id),
        // The SDK translates these words and no others, and in memory the culture is the invariant one.
#pragma warning disable CA1862, MA0011
        ["texts"] = rows => rows.Where(row => row.Name.StartsWith("bob 1") || row.Name.Contains("nä 2") || row.Name.ToLower() == "ännä 4").Select(row => row.Name.ToUpper()),
#pragma warning restore CA1862, MA0011
        // A cast, as the SDK makes c.score.value of Score.Value where names are in camel case.
        ["numbers"] = rows => rows.Where(row => Math.Abs(row.N - 20) < 4 || (row.Score != null && Math.Floor((double)row.Score) == 3)).Select(row => row.Id),
        ["null"] = rows => rows.Where(row => row.Score == null).Select(row => row.Id),
        ["conditional"] = rows => rows.Select(row => row.N > 20 ? row.Tenant : row.Stream),
        ["not"] = rows => rows.Where(row => !(row.N > 3)).Select(row => row.Id),
        ["elements"] = rows => rows.Where(row => row.Numbers.Contains(7)).Select(row => row.Id),
        ["any"] = rows => rows.Where(row => row.Numbers.Any(number => number > 36)).Select(row => row.Id),
        ["select many"] = rows => rows.SelectMany(row => row.Numbers.Where(number => number > 30).Select(_ => row.Id)),
        ["distinct"] = rows => rows.Select(row => row.Tenant).Distinct(),
    };

    public static TheoryData<string> Names => [.. s_queries.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    [Proves(Area.Queries, "LINQ of the .NET SDK")]
    public async Task Queries_written_as_LINQ_find_what_LINQ_finds(string name)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await FillAsync(account);
        var query = s_queries[name];

        var found = new List<string>();
        using (var pages = query(container.GetItemLinqQueryable<Row>(requestOptions: new QueryRequestOptions { MaxItemCount = 7 })).ToFeedIterator())
        {
            while (pages.HasMoreResults)
                found.AddRange(await pages.ReadNextAsync());
        }

        var expected = query(s_rows.AsQueryable()).ToList();
        Assert.NotEmpty(expected);
        // Only some are about the order.
        if (name is "where and order" or "skip and take" or "take")
            Assert.Equal(expected, found);
        else
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Proves(Area.Queries, "LINQ of the .NET SDK")]
    public async Task Aggregates_written_as_LINQ_are_what_LINQ_makes_them()
    {
        await using var account = await TestAccount.OpenAsync();
        var rows = (await FillAsync(account)).GetItemLinqQueryable<Row>();

        Assert.Equal(s_rows.Count, (await rows.CountAsync()).Resource);
        Assert.Equal(s_rows.Count(row => row.Tenant == "t2"), (await rows.Where(row => row.Tenant == "t2").CountAsync()).Resource);
        Assert.Equal(s_rows.Sum(row => row.N), (await rows.Select(row => row.N).SumAsync()).Resource);
        Assert.Equal(s_rows.Min(row => row.N), (await rows.Select(row => row.N).MinAsync()).Resource);
        Assert.Equal(s_rows.Select(row => row.Name).Max(StringComparer.Ordinal), (await rows.Select(row => row.Name).MaxAsync()).Resource);
        Assert.Equal(s_rows.Average(row => (double)row.N), (await rows.Select(row => (double)row.N).AverageAsync()).Resource);
    }

    private static async Task<Container> FillAsync(TestAccount account)
    {
        var container = await account.CreateStreamsAsync(throughput: 20_000);
        foreach (var row in s_rows)
            await container.CreateItemAsync(row, Entry.KeyOf(row.Tenant, row.Stream));
        return container;
    }

    private sealed record Row(string Id, string Tenant, string Stream, int N, string Name, int[] Numbers, double? Score);
}

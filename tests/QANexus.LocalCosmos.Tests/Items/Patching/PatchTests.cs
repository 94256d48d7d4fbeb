using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.Items.Patching;

public sealed class PatchTests
{
    private static readonly PartitionKey s_key = new("p");

    [Fact]
    public async Task Every_operation_does_what_it_says_in_order()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await CreateAsync(account, """{"id":"1","pk":"p","n":1,"exact":1.50,"type":"A","tags":["a","c"],"obj":{"a":7,"b":8},"gone":true}""");

        using var response = await container.PatchItemStreamAsync("1", s_key,
        [
            PatchOperation.Set("/type", "B"),
            PatchOperation.Set("/new", new[] { 1 }),
            PatchOperation.Increment("/n", 3),
            PatchOperation.Increment("/fresh", -2.5),
            PatchOperation.Add("/tags/1", "b"),
            PatchOperation.Add("/tags/-", "d"),
            PatchOperation.Set("/tags/0", "A"),
            PatchOperation.Remove("/gone"),
            PatchOperation.Replace("/obj/b", 9),
            PatchOperation.Move("/obj/a", "/moved"),
        ]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var document = await JsonDocument.ParseAsync(response.Content);
        var body = document.RootElement.GetRawText();
        Assert.StartsWith(
            """{"id":"1","pk":"p","n":4,"exact":1.50,"type":"B","tags":["A","b","c","d"],"obj":{"b":9},"new":[1],"fresh":-2.5,"moved":7,"_rid":""",
            body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_that_is_not_met_refuses_the_patch()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await CreateAsync(account, """{"id":"1","pk":"p","n":1}""");

        using var unmet = await container.PatchItemStreamAsync(
            "1", s_key, [PatchOperation.Set("/n", 2)], new PatchItemRequestOptions { FilterPredicate = "FROM c WHERE c.n = 2" });
        using var met = await container.PatchItemStreamAsync(
            "1", s_key, [PatchOperation.Set("/n", 2)], new PatchItemRequestOptions { FilterPredicate = "FROM c WHERE c.n = 1" });

        Assert.Equal(HttpStatusCode.PreconditionFailed, unmet.StatusCode);
        Assert.Equal(HttpStatusCode.OK, met.StatusCode);
    }

    public static TheoryData<PatchOperation> Impossible =>
    [
        PatchOperation.Replace("/missing", 1),
        PatchOperation.Remove("/missing"),
        PatchOperation.Set("/missing/child", 1),
        PatchOperation.Add("/tags/7", 1),
        PatchOperation.Set("/id", "2"),
        PatchOperation.Set("/pk", "q"),
        PatchOperation.Set("/_etag", "q"),
        PatchOperation.Move("/pk", "/elsewhere"),
        PatchOperation.Move("/obj", "/obj/inside"),
        PatchOperation.Increment("/tags", 1),
    ];

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task A_patch_with_one_impossible_operation_changes_nothing(PatchOperation impossible)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await CreateAsync(account, """{"id":"1","pk":"p","n":1,"tags":[],"obj":{}}""");

        using var response = await container.PatchItemStreamAsync("1", s_key, [PatchOperation.Set("/n", 2), impossible]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var read = await container.ReadItemStreamAsync("1", s_key);
        Assert.Contains("\"n\":1,", await new StreamReader(read.Content).ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_has_ten_operations_at_most_and_a_document_to_work_on()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await CreateAsync(account, """{"id":"1","pk":"p","n":1}""");
        var eleven = Enumerable.Range(0, 11).Select(number => PatchOperation.Set($"/p{number}", number)).ToList();

        using var tooMany = await container.PatchItemStreamAsync("1", s_key, eleven);
        using var missing = await container.PatchItemStreamAsync("2", s_key, [PatchOperation.Set("/n", 2)]);
        using var stale = await container.PatchItemStreamAsync(
            "1", s_key, [PatchOperation.Set("/n", 2)], new PatchItemRequestOptions { IfMatchEtag = "\"stale\"" });

        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
    }

    private static async Task<Container> CreateAsync(TestAccount account, string body)
    {
        var container = await account.CreateFlatAsync();
        using var created = await container.CreateItemStreamAsync(TestAccount.Json(body), s_key);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return container;
    }
}

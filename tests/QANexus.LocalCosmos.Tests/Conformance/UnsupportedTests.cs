using System.Net;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Scripts;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

/// <summary>What the account cannot do it says, by name: a test that passed by its silence would prove nothing.</summary>
public sealed class UnsupportedTests
{
    private static readonly Dictionary<string, Func<Container, Task>> s_features = new(StringComparer.Ordinal)
    {
        ["sprocs"] = container => container.Scripts.CreateStoredProcedureAsync(new StoredProcedureProperties("s", "function(){}")),
        ["triggers"] = container => container.Scripts.CreateTriggerAsync(
            new TriggerProperties { Id = "t", Body = "function(){}", TriggerType = TriggerType.Pre, TriggerOperation = TriggerOperation.All }),
        ["udfs"] = container => container.Scripts.CreateUserDefinedFunctionAsync(new UserDefinedFunctionProperties { Id = "u", Body = "function(){}" }),
        ["users"] = container => container.Database.CreateUserAsync("user"),
        ["triggers (pre)"] = container => container.CreateItemAsync(
            new Item("1", "t1", "s1"), CosmosFixture.Key, new ItemRequestOptions { PreTriggers = ["t"] }),
        ["triggers (post)"] = container => container.CreateItemAsync(
            new Item("1", "t1", "s1"), CosmosFixture.Key, new ItemRequestOptions { PostTriggers = ["t"] }),
        ["Exclude"] = container => container.CreateItemAsync(
            new Item("1", "t1", "s1"), CosmosFixture.Key, new ItemRequestOptions { IndexingDirective = IndexingDirective.Exclude }),
    };

    public static TheoryData<Transport, string> Features
    {
        get
        {
            var data = new TheoryData<Transport, string>();
            foreach (var transport in Enum.GetValues<Transport>())
            {
                foreach (var feature in s_features.Keys)
                    data.Add(transport, feature);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Features))]
    [Proves(Area.RefusedByName, "stored procedures, triggers, user-defined functions, users, indexing directives")]
    public async Task A_feature_that_is_missing_is_refused_by_name(Transport transport, string feature)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        var exception = await Assert.ThrowsAsync<CosmosException>(() => s_features[feature](container));

        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
        Assert.Contains(feature.Split(' ')[0], exception.ResponseBody, StringComparison.Ordinal);
    }

    [Theory, OverBothTransports]
    [Proves(Area.RefusedByName, "stored procedures, triggers, user-defined functions, users, indexing directives")]
    public async Task An_indexing_directive_in_a_batch_is_refused_by_name(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        using var response = await container.CreateTransactionalBatch(CosmosFixture.Key)
            .CreateItem(new Item("1", "t1", "s1"), new TransactionalBatchItemRequestOptions { IndexingDirective = IndexingDirective.Exclude })
            .ExecuteAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Exclude", response.ErrorMessage, StringComparison.Ordinal);
    }
}

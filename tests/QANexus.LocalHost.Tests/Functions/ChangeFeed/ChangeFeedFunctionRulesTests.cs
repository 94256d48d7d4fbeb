using Microsoft.Azure.Functions.Worker;
using QANexus.LocalHost.Functions;
using QANexus.LocalHost.Functions.Retrying;

namespace QANexus.LocalHost.Tests.Functions.ChangeFeed;

public sealed class ChangeFeedFunctionRulesTests
{
    private const string Database = TriggerFixture.DatabaseName;

    [Fact]
    public void A_function_is_found_with_its_leases_and_its_policy()
    {
        var functions = FunctionDiscovery.FindIn([typeof(Followers.Persistent), typeof(Followers.Patient), typeof(Followers.FromNow)]).ChangeFeed;

        Assert.Equal(["from-now", "patient", "persistent"], functions.Select(static function => function.Name));
        Assert.Equal(["from-now", "patient", "persistent"], functions.Select(static function => function.LeasePrefix));
        Assert.All(functions, static function => Assert.Equal("leases", function.LeaseContainer));
        Assert.Null(functions[0].Retry);
        Assert.Equal(new FunctionRetry(2, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)), functions[1].Retry);
        Assert.Equal(new FunctionRetry(-1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)), functions[2].Retry);
    }

    [Theory]
    [InlineData(typeof(OnAList), "The trigger of function 'follow' must be on a String, not on a IReadOnlyList`1.")]
    [InlineData(typeof(Unbound), "Parameter 'other' of function 'follow' is no CancellationToken: nothing would bind it.")]
    [InlineData(typeof(Unawaited), "Function 'follow' must return a Task")]
    [InlineData(typeof(Returning), "Function 'follow' must return a Task")]
    [InlineData(typeof(NoPrefix), "Function 'follow' needs a lease prefix of its own")]
    [InlineData(typeof(PrefixOfASetting), "Function 'follow' needs a lease prefix of its own")]
    [InlineData(typeof(SamePrefix), "Functions 'follow' (SamePrefix.Follow) and 'follow-too' (SamePrefix.FollowToo) have the lease prefix 'shared'")]
    [InlineData(typeof(NoConnection), "Function 'follow' must name the connection 'Cosmos'")]
    [InlineData(typeof(LeasesElsewhere), "Function 'follow' must name the connection 'Cosmos'")]
    [InlineData(typeof(OtherDatabase), "Function 'follow' must name the database 'qanexus'")]
    [InlineData(typeof(LeasesInAnotherDatabase), "Function 'follow' must name the database 'qanexus'")]
    [InlineData(typeof(UnknownContainer), "Function 'follow' watches 'nothing': there is no such container.")]
    [InlineData(typeof(UnknownLeases), "Function 'follow' keeps leases in 'nothing': there is no such container with the partition key /id.")]
    [InlineData(typeof(LeasesOfAnotherKey), "Function 'follow' keeps leases in 'subscriptions': there is no such container with the partition key /id.")]
    [InlineData(typeof(OwnLeases), "Function 'follow' keeps its leases in the container that it watches.")]
    [InlineData(typeof(CreatesLeases), "Function 'follow' would create its lease container")]
    [InlineData(typeof(NegativeDelay), "Function 'follow' has a negative time or batch size")]
    [InlineData(typeof(TwoPolicies), "Function 'follow' has more than one policy for retries.")]
    [InlineData(typeof(NegativeRetries), "Function 'follow' has a negative number of retries")]
    [InlineData(typeof(NoDelay), "'soon' is no delay before a retry of function 'follow'")]
    [InlineData(typeof(ShrinkingDelay), "The delay before a retry of function 'follow' begins with more than its maximum.")]
    public void What_the_two_hosts_would_not_run_alike_is_an_error_that_names_it(Type type, string part)
    {
        var error = Assert.Throws<FunctionDefinitionException>(() => FunctionDiscovery.FindIn([type]));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    public sealed class OnAList
    {
        [Function("follow")]
        public Task Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "p")] IReadOnlyList<string> documents) =>
            Task.FromResult(documents);
    }

    public sealed class Unbound
    {
        [Function("follow")]
        public Task Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "p")] string documents, string other) =>
            Task.FromResult(documents + other);
    }

    public sealed class Unawaited
    {
        [Function("follow")]
        public void Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "p")] string documents) => ArgumentNullException.ThrowIfNull(documents);
    }

    public sealed class Returning
    {
        [Function("follow")]
        public Task<string> Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class NoPrefix
    {
        [Function("follow")]
        public Task Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos")] string documents) => Task.FromResult(documents);
    }

    public sealed class PrefixOfASetting
    {
        [Function("follow")]
        public Task Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "%prefix%")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class SamePrefix
    {
        [Function("follow")]
        public Task Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "shared")] string documents) =>
            Task.FromResult(documents);

        [Function("follow-too")]
        public Task FollowToo([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "Shared")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class NoConnection
    {
        [Function("follow")]
        public Task Follow([CosmosDBTrigger(Database, "events", LeaseContainerPrefix = "p")] string documents) => Task.FromResult(documents);
    }

    public sealed class LeasesElsewhere
    {
        [Function("follow")]
        public Task Follow(
            [CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseConnection = "Other", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class OtherDatabase
    {
        [Function("follow")]
        public Task Follow([CosmosDBTrigger("other", "events", Connection = "Cosmos", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class LeasesInAnotherDatabase
    {
        [Function("follow")]
        public Task Follow(
            [CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseDatabaseName = "other", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class UnknownContainer
    {
        [Function("follow")]
        public Task Follow([CosmosDBTrigger(Database, "nothing", Connection = "Cosmos", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class UnknownLeases
    {
        [Function("follow")]
        public Task Follow(
            [CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerName = "nothing", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class LeasesOfAnotherKey
    {
        [Function("follow")]
        public Task Follow(
            [CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerName = "subscriptions", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class OwnLeases
    {
        [Function("follow")]
        public Task Follow([CosmosDBTrigger(Database, "leases", Connection = "Cosmos", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class CreatesLeases
    {
        [Function("follow")]
        public Task Follow(
            [CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "p", CreateLeaseContainerIfNotExists = true)] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class NegativeDelay
    {
        [Function("follow")]
        public Task Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "p", FeedPollDelay = -1)] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class TwoPolicies
    {
        [Function("follow"), FixedDelayRetry(3, "00:00:01"), ExponentialBackoffRetry(3, "00:00:01", "00:00:02")]
        public Task Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class NegativeRetries
    {
        [Function("follow"), FixedDelayRetry(-2, "00:00:01")]
        public Task Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class NoDelay
    {
        [Function("follow"), FixedDelayRetry(3, "soon")]
        public Task Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }

    public sealed class ShrinkingDelay
    {
        [Function("follow"), ExponentialBackoffRetry(3, "00:00:02", "00:00:01")]
        public Task Follow([CosmosDBTrigger(Database, "events", Connection = "Cosmos", LeaseContainerPrefix = "p")] string documents) =>
            Task.FromResult(documents);
    }
}

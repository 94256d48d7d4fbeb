using System.Reflection;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Functions.Worker;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.LocalHost.Functions.Retrying;

namespace QANexus.LocalHost.Functions.ChangeFeed;

/// <summary>What a function with a change-feed trigger must be for both hosts to deliver the same changes to it.</summary>
internal static class ChangeFeedFunctionRules
{
    /// <summary>Name of the setting below which the deployed app says where Cosmos DB is; this host has no other account.</summary>
    private const string Connection = "Cosmos";

    /// <summary>What the trigger takes where the attribute says nothing.</summary>
    private const string DefaultLeaseContainer = "leases";

    private static readonly string DatabaseName = new CosmosEventStoreOptions().DatabaseName;
    private static readonly Dictionary<string, ContainerProperties> Containers = CosmosSchema.Containers().ToDictionary(
        static container => container.Id, StringComparer.Ordinal);

    /// <exception cref="FunctionDefinitionException">It is not.</exception>
    public static ChangeFeedFunction Describe(string name, MethodInfo method, ParameterInfo trigger, CosmosDBTriggerAttribute attribute)
    {
        BackgroundMethod.Check(name, method, trigger, typeof(string));
        CheckConnection(name, attribute);
        CheckTimes(name, attribute);
        var leases = attribute.LeaseContainerName ?? DefaultLeaseContainer;
        CheckContainers(name, attribute, leases);
        if (string.IsNullOrWhiteSpace(attribute.LeaseContainerPrefix) || attribute.LeaseContainerPrefix.Contains('%', StringComparison.Ordinal))
            throw new FunctionDefinitionException($"Function '{name}' needs a lease prefix of its own, or another function without one takes its changes.");
        return new ChangeFeedFunction(name, method, FunctionRetry.Of(name, method), attribute, leases, attribute.LeaseContainerPrefix);
    }

    /// <exception cref="FunctionDefinitionException">Two functions would share the changes of one container instead of getting all of them each.</exception>
    public static void CheckPrefixes(IReadOnlyList<ChangeFeedFunction> functions)
    {
        if (functions.GroupBy(static function => function.LeasePrefix, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static group => group.Count() > 1)
            is { } shared)
        {
            throw new FunctionDefinitionException(
                $"Functions {string.Join(" and ", shared)} have the lease prefix '{shared.Key}', so each would get what the other does not.");
        }
    }

    private static void CheckConnection(string name, CosmosDBTriggerAttribute attribute)
    {
        if (attribute.Connection != Connection || attribute.LeaseConnection is not (null or Connection))
            throw new FunctionDefinitionException($"Function '{name}' must name the connection '{Connection}': the app has settings for no other one.");
        if (attribute.DatabaseName != DatabaseName || (attribute.LeaseDatabaseName ?? DatabaseName) != DatabaseName)
            throw new FunctionDefinitionException($"Function '{name}' must name the database '{DatabaseName}': there is no other one.");
    }

    private static void CheckContainers(string name, CosmosDBTriggerAttribute attribute, string leases)
    {
        if (attribute.CreateLeaseContainerIfNotExists)
        {
            throw new FunctionDefinitionException(
                $"Function '{name}' would create its lease container, which the identity of a deployed app may not; the containers are declared.");
        }

        if (!Containers.ContainsKey(attribute.ContainerName))
            throw new FunctionDefinitionException($"Function '{name}' watches '{attribute.ContainerName}': there is no such container.");
        if (!Containers.TryGetValue(leases, out var declared) || declared.PartitionKeyPaths is not ["/id"])
            throw new FunctionDefinitionException($"Function '{name}' keeps leases in '{leases}': there is no such container with the partition key /id.");
        if (leases == attribute.ContainerName)
            throw new FunctionDefinitionException($"Function '{name}' keeps its leases in the container that it watches.");
    }

    private static void CheckTimes(string name, CosmosDBTriggerAttribute attribute)
    {
        ReadOnlySpan<int> values =
        [
            attribute.FeedPollDelay, attribute.LeaseAcquireInterval, attribute.LeaseExpirationInterval, attribute.LeaseRenewInterval,
            attribute.MaxItemsPerInvocation,
        ];
        if (values.ContainsAnyInRange(int.MinValue, -1))
            throw new FunctionDefinitionException($"Function '{name}' has a negative time or batch size, which the trigger would not say a word about.");
    }
}

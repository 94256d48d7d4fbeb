using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using QANexus.LocalHost.Functions.Retrying;

namespace QANexus.LocalHost.Functions.ChangeFeed;

/// <summary>A function method that is called with the changes of a container.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The method.</param>
/// <param name="Retry">What becomes of a failed call.</param>
/// <param name="Trigger">What the trigger says, checked.</param>
/// <param name="LeaseContainer">Name of the container of its leases.</param>
/// <param name="LeasePrefix">What sets its leases apart from other functions'.</param>
internal sealed record ChangeFeedFunction(
    string Name, MethodInfo Method, FunctionRetry? Retry, CosmosDBTriggerAttribute Trigger, string LeaseContainer, string LeasePrefix)
    : BackgroundFunction(Name, Method, Retry);

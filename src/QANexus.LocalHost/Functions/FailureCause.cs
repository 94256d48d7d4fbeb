using System.Net;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalHost.Functions;

/// <summary>What tells one failure from another where each is told of once: messages hold ids of requests, so none is like the other.</summary>
internal readonly record struct FailureCause(Type Type, HttpStatusCode? StatusCode)
{
    public static FailureCause Of(Exception failure) => new(failure.GetType(), (failure as CosmosException)?.StatusCode);
}

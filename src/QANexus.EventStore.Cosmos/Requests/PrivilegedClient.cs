using Microsoft.Azure.Cosmos;

namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>The client of an identity that may do more than the ordinary store. Disposed with it, unless a host has but one client for everything.</summary>
internal sealed class PrivilegedClient(CosmosClient client, CosmosClient ordinary) : IDisposable
{
    public CosmosClient Client => client;

    public void Dispose()
    {
        if (!ReferenceEquals(client, ordinary))
        {
            client.Dispose();
        }
    }
}

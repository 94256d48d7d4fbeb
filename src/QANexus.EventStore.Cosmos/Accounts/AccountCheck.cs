using Microsoft.Azure.Cosmos;
using Newtonsoft.Json.Linq;

namespace QANexus.EventStore.Cosmos.Accounts;

/// <summary>Asks an account what it is before events are entrusted to it.</summary>
public static class AccountCheck
{
    // What the service calls it; the SDK's property of that name is not public.
    private const string MultipleWriteRegions = "enableMultipleWriteLocations";

    // LocalCosmos in memory. Names of accounts have no parentheses.
    private const string VolatileAccount = "local(in-memory)";

    /// <summary>Reads the account's properties: one request, without request units.</summary>
    /// <param name="client">A client of the account.</param>
    /// <param name="allowVolatile">Whether an account will do that forgets everything when its process ends, as in development.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="UnfitAccountException">
    /// It takes writes in several regions, where two of them could give a stream's next version to different events and lose one when they notice; or it
    /// is in memory, and <paramref name="allowVolatile"/> is not set.
    /// </exception>
    /// <exception cref="CosmosException">The account does not answer, or not to this client.</exception>
    public static async Task RunAsync(CosmosClient client, bool allowVolatile, CancellationToken cancellationToken)
    {
        var account = await client.ReadAccountAsync().WaitAsync(cancellationToken);
        if (JObject.FromObject(account).Value<bool>(MultipleWriteRegions) || account.WritableRegions.Skip(1).Any())
        {
            throw new UnfitAccountException(
                $"The Cosmos DB account '{account.Id}' takes writes in several regions, so that two of them could store different events as one version of a "
                + "stream. Turn multi-region writes off, or use another account.");
        }

        if (!allowVolatile && account.Id == VolatileAccount)
        {
            throw new UnfitAccountException(
                "The Cosmos DB account is LocalCosmos in memory, which forgets every event when its process ends. Outside of development use an account that keeps them.");
        }
    }
}

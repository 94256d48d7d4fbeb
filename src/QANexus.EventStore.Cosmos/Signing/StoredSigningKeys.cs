using System.Net;
using System.Security.Cryptography;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Signing;

namespace QANexus.EventStore.Cosmos.Signing;

/// <summary>The signing keys, kept in the <c>subscriptions</c> container: made by whichever instance starts first, honoured by all.</summary>
internal sealed class StoredSigningKeys(Container subscriptions, CosmosEventStoreOptions options, TimeProvider time) : ISigningKeys, IDisposable
{
    private const int SecretBytes = 32;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(30);

    private static readonly PartitionKey Partition =
        new PartitionKeyBuilder().Add(SigningKeysDocument.SystemTenant).Add(SigningKeysDocument.Name).Build();

    private readonly ReadRequests reads = new(subscriptions, options, time);
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile Loaded? loaded;

    public async ValueTask<SigningKeyRing> GetAsync(bool refresh, CancellationToken cancellationToken)
    {
        if (loaded is { } current && IsFresh(current, refresh))
        {
            return current.Ring;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (loaded is { } meanwhile && IsFresh(meanwhile, refresh))
            {
                return meanwhile.Ring;
            }

            var ring = await LoadAsync(cancellationToken);
            loaded = new Loaded(ring, time.GetTimestamp());
            return ring;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private bool IsFresh(Loaded keys, bool refresh) => !refresh || time.GetElapsedTime(keys.Timestamp) < RefreshInterval;

    private async Task<SigningKeyRing> LoadAsync(CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        while (true)
        {
            if (await reads.PointReadAsync(SigningKeysDocument.Name, Partition, charge, cancellationToken) is { } json)
            {
                return SigningKeysDocument.Read(json).ToRing();
            }

            await TryCreateAsync(cancellationToken);
        }
    }

    /// <summary>Whoever comes first makes the keys; after a conflict, or an answer that was lost, they are there to be read.</summary>
    private async Task TryCreateAsync(CancellationToken cancellationToken)
    {
        var document = SigningKeysDocument.Create(time.GetUtcNow(), RandomNumberGenerator.GetBytes(SecretBytes));
        using var body = new MemoryStream(document.ToJson(), writable: false);
        using var response = await subscriptions.CreateItemStreamAsync(body, Partition, cancellationToken: cancellationToken);
        if (!response.IsSuccessStatusCode && response.StatusCode is not HttpStatusCode.Conflict)
        {
            throw RequestFailure.From(response).ToException();
        }
    }

    private sealed record Loaded(SigningKeyRing Ring, long Timestamp);
}

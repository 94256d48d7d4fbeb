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
    private readonly Backoff backoff = new(options, time);
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
        for (var attempt = 1; ; attempt++)
        {
            if (await reads.PointReadAsync(SigningKeysDocument.Name, Partition, new ChargeMeter(), cancellationToken) is { } json)
            {
                return SigningKeysDocument.Read(json).ToRing();
            }

            // Whoever comes first makes the keys; after a conflict, or an answer that was lost, they are there to be read.
            var failure = await TryCreateAsync(cancellationToken);
            if (failure is { IsConflict: false } && (!failure.IsTransient || attempt >= options.MaxSendAttempts))
            {
                throw failure.ToException();
            }

            if (failure is not null)
            {
                await backoff.WaitAsync(attempt, cancellationToken);
            }
        }
    }

    private async Task<RequestFailure?> TryCreateAsync(CancellationToken cancellationToken)
    {
        var document = SigningKeysDocument.Create(time.GetUtcNow(), RandomNumberGenerator.GetBytes(SecretBytes));
        using var body = new MemoryStream(document.ToJson(), writable: false);
        try
        {
            using var response = await subscriptions.CreateItemStreamAsync(body, Partition, cancellationToken: cancellationToken);
            return response.IsSuccessStatusCode ? null : RequestFailure.From(response);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && RequestFailure.From(exception) is { } found)
        {
            return found;
        }
    }

    private sealed record Loaded(SigningKeyRing Ring, long Timestamp);
}

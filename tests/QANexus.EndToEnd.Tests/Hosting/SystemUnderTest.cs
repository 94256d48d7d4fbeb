using QANexus.LocalCosmos;
using QANexus.LocalHost.Hosting;

namespace QANexus.EndToEnd.Tests.Hosting;

/// <summary>
/// The system that the journeys run against: a local host of their own, or whatever is at the base URL in <c>QANEXUS_BASE_URL</c>
/// (<c>https://…/api/v1</c> without the path).
/// </summary>
public sealed class SystemUnderTest : IAsyncLifetime
{
    private LocalHostApplication? host;

    public Uri Address { get; private set; } = null!;

    /// <summary>The Cosmos account below a local host, for what a test wants to go wrong; tests that need it skip elsewhere.</summary>
    public LocalAccount Account
    {
        get
        {
            Skip.If(host is null, "Faults can only be injected into a local host.");
            return host!.Account!;
        }
    }

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("QANEXUS_BASE_URL") is { Length: > 0 } url)
        {
            Address = new Uri(url);
            return;
        }

        host = await LocalHostApplication.StartAsync(new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true }, CancellationToken.None);
        Address = host.ApiAddress;
    }

    /// <summary>A client of a tenant that nobody else uses.</summary>
    public TenantClient NewTenant() => new(Address, $"t-{Guid.CreateVersion7():N}");

    /// <summary>A second host over the same Cosmos account: another process's view of the same data.</summary>
    public async Task<LocalHostApplication> StartSecondHostAsync()
    {
        Skip.If(host is null, "A second host needs the Cosmos endpoint of a local one.");
        return await LocalHostApplication.StartAsync(new LocalHostOptions { Port = 0, CosmosEndpoint = host!.CosmosAddress }, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}

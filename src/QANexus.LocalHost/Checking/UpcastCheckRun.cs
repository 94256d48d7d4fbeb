using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Cosmos.Maintenance;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Checking;

/// <summary>The dry run of this build's upcasting over stored data, by the catalogue that the host itself registers.</summary>
internal sealed class UpcastCheckRun(TextWriter output, TextWriter error)
{
    /// <summary>Every event can be read.</summary>
    public const int Fine = 0;

    /// <summary>Some cannot.</summary>
    public const int Failures = 1;

    /// <summary>The check did not get through.</summary>
    public const int Unusable = 2;

    public async Task<int> RunAsync(LocalHostOptions options, TenantId? tenant, CancellationToken cancellationToken)
    {
        try
        {
            var report = await CheckAsync(options, tenant, cancellationToken);
            UpcastCheckTable.Write(output, report);
            return report.Failed == 0 ? Fine : Failures;
        }
        catch (Exception failure) when (failure is LocalHostStartException or EventStoreException)
        {
            await error.WriteLineAsync(failure.Message.ReplaceLineEndings(" "));
            return Unusable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("The check was stopped before its end.");
            return Unusable;
        }
    }

    private static async Task<UpcastCheckReport> CheckAsync(LocalHostOptions options, TenantId? tenant, CancellationToken cancellationToken)
    {
        if (options.CosmosEndpoint is null && !Directory.Exists(options.DataDirectory))
        {
            throw new LocalHostStartException($"There is no data folder '{options.DataDirectory}'.");
        }

        await using var cosmos = await OpenAsync(options, cancellationToken);
        var services = new ServiceCollection().AddCosmosUpcastCheck();
        StoreServices.Add(services, () => cosmos.Client, options);
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        return await provider.GetRequiredService<UpcastCheck>().RunAsync(tenant, cancellationToken);
    }

    private static async Task<CosmosBackend> OpenAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await CosmosBackend.OpenAsync(options, cancellationToken);
        }
        catch (LocalHostStartException failure)
        {
            throw new LocalHostStartException(
                $"{failure.Message} If a host is running on it, check through that: --cosmos-endpoint http://localhost:{LocalHostOptions.DefaultCosmosPort}.", failure);
        }
    }
}

using Microsoft.Extensions.Hosting;

namespace QANexus.LocalHost.Hosting;

/// <summary>The server lives as long as its caller says. Signals are the command line's business, and a test's process is not the server's.</summary>
internal sealed class CallerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

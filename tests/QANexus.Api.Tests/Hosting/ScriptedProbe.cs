using QANexus.EventStore.Health;

namespace QANexus.Api.Tests.Hosting;

/// <summary>A probe that finds what a test says.</summary>
internal sealed class ScriptedProbe : IStoreProbe
{
    public Exception? Failure { get; init; }

    public Task CheckAsync(CancellationToken cancellationToken) => Failure is null ? Task.CompletedTask : Task.FromException(Failure);
}

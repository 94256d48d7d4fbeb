using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Tests.Fixture;

/// <summary>The real views, of which some reads get no answer while a test wants it so.</summary>
internal sealed class FailingViews(IViewReader views) : IViewReader
{
    /// <summary>Whether a read fails: by its view, the id or the id that it goes on after, and whether it waits for a position.</summary>
    public Func<SubscriptionName, ViewId?, bool, bool> Fails { get; set; } = static (_, _, _) => false;

    /// <summary>Puts it in front of the views that are registered.</summary>
    public static void Register(IServiceCollection services)
    {
        var real = services.Last(static service => service.ServiceType == typeof(IViewReader));
        services.Remove(real);
        services.AddSingleton(provider => new FailingViews((IViewReader)real.ImplementationFactory!(provider)));
        services.AddSingleton<IViewReader>(static provider => provider.GetRequiredService<FailingViews>());
    }

    public bool Exists(SubscriptionName view) => views.Exists(view);

    public Task<ViewAnswer<ViewDocument?>> FindAsync(
        TenantId tenant, SubscriptionName view, ViewId id, StreamReached? atLeast, CancellationToken cancellationToken) =>
        Fails(view, id, atLeast is not null) ? throw Unavailable() : views.FindAsync(tenant, view, id, atLeast, cancellationToken);

    public Task<ViewAnswer<ViewPage>> ListAsync(
        TenantId tenant, SubscriptionName view, ViewId? after, int maxCount, StreamReached? atLeast, CancellationToken cancellationToken) =>
        Fails(view, after, atLeast is not null) ? throw Unavailable() : views.ListAsync(tenant, view, after, maxCount, atLeast, cancellationToken);

    private static StoreUnavailableException Unavailable() => new("The view does not answer.", TimeSpan.Zero);
}

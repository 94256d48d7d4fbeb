using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Accounts;

/// <summary>The account's store, the catalog of what is in it, and its clock.</summary>
internal sealed class AccountData(Store store, TimeProvider time)
{
    private volatile Catalog _catalog = store.Read(CatalogTables.Load);
    private long _writes;

    public Store Store => store;

    public TimeProvider Time => time;

    /// <summary>As of the last durable change. A write that runs sees what all earlier ones left.</summary>
    public Catalog Catalog => _catalog;

    /// <summary>Seconds since 1970, the unit of <c>_ts</c> and of time to live.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Called on the writer's thread after every change of the catalog, so it must be brief.</summary>
    public event EventHandler? CatalogChanged;

    /// <summary>Changes databases, containers or ranges, alone among the writes.</summary>
    public async Task<T> ChangeAsync<T>(Func<StoreConnection, Catalog, CatalogChange<T>> change)
    {
        var changed = await store.WriteAloneAsync(connection => change(connection, _catalog), done =>
        {
            _catalog = done.Catalog;
            CatalogChanged?.Invoke(this, EventArgs.Empty);
        });
        return changed.Result;
    }

    /// <summary>Item writes that are durable since the account was opened; what lagging replicas count.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>Writes items. The work gets the container as it is when it runs, and the time.</summary>
    public async Task<T> WriteItemsAsync<T>(Container container, int size, Func<StoreConnection, Container, long, T> work)
    {
        var result = await store.WriteAsync(size, connection => work(connection, Current(container), Now));
        Interlocked.Increment(ref _writes);
        return result;
    }

    /// <summary>Tidies up a container. That is no write of a client's, and lagging replicas do not count it.</summary>
    /// <exception cref="RequestRefusedException">404: the container is gone.</exception>
    public Task<T> MaintainAsync<T>(Container container, Func<StoreConnection, Container, long, T> work) =>
        store.WriteAsync(0, connection => work(connection, Current(container), Now));

    /// <summary>The container of a data-plane request.</summary>
    /// <exception cref="RequestRefusedException">404: no such database or container. The sub-status tells it from a missing item.</exception>
    public Container ContainerOfItems(Route route)
    {
        var catalog = _catalog;
        var container = catalog.FindDatabase(route.Database!) is { } database ? catalog.FindContainer(database, route.Container!) : null;
        return container ?? throw RequestRefusedException.NotFound(
            $"Resource Not Found. There is no container '{route.Database}/{route.Container}'.", SubStatusCodes.OwnerResourceNotFound);
    }

    /// <summary>The same container as it is now; a deleted one, or another of its name, is not the same.</summary>
    public Container Current(Container container)
    {
        var catalog = _catalog;
        var current = catalog.FindDatabase(container.Database.Id) is { } database ? catalog.FindContainer(database, container.Id) : null;
        return current?.Number == container.Number ? current : throw RequestRefusedException.NotFound(
            "Resource Not Found. The container has been deleted.", SubStatusCodes.OwnerResourceNotFound);
    }
}

/// <summary>A catalog to go on with, and what the request that made it gets.</summary>
internal sealed record CatalogChange<T>(T Result, Catalog Catalog);

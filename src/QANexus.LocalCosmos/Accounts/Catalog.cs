using System.Collections.Immutable;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Databases;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Accounts;

/// <summary>
/// The account's databases and containers as of one moment. Definitions are few and every request needs them, so they are what the server keeps in
/// memory. Clients address both by name or by RID.
/// </summary>
internal sealed class Catalog
{
    public static readonly Catalog Empty = new(ImmutableDictionary<string, Database>.Empty, ImmutableDictionary<uint, ImmutableDictionary<string, Container>>.Empty);

    private readonly ImmutableDictionary<string, Database> _databases;
    private readonly ImmutableDictionary<uint, ImmutableDictionary<string, Container>> _containers;

    private Catalog(
        ImmutableDictionary<string, Database> databases, ImmutableDictionary<uint, ImmutableDictionary<string, Container>> containers)
    {
        _databases = databases;
        _containers = containers;
    }

    public IEnumerable<Database> Databases => _databases.Values.OrderBy(database => database.Number);

    public IEnumerable<Container> AllContainers => _containers.Values.SelectMany(containers => containers.Values);

    public Database? FindDatabase(string nameOrRid) =>
        _databases.GetValueOrDefault(nameOrRid) ?? _databases.Values.FirstOrDefault(database => database.Rid.ToString() == nameOrRid);

    public IEnumerable<Container> ContainersOf(Database database) =>
        Containers(database).Values.OrderBy(container => container.Number);

    public Container? FindContainer(Database database, string nameOrRid)
    {
        var containers = Containers(database);
        return containers.GetValueOrDefault(nameOrRid) ?? containers.Values.FirstOrDefault(container => container.Rid.ToString() == nameOrRid);
    }

    /// <exception cref="RequestRefusedException">404.</exception>
    public Database Database(string nameOrRid) => FindDatabase(nameOrRid)
        ?? throw RequestRefusedException.NotFound($"Resource Not Found. There is no database '{nameOrRid}'.");

    public Catalog With(Database database) => new(_databases.SetItem(database.Id, database), _containers);

    public Catalog With(Container container) => new(
        _databases, _containers.SetItem(container.Database.Number, Containers(container.Database).SetItem(container.Id, container)));

    public Catalog Without(Database database) => new(_databases.Remove(database.Id), _containers.Remove(database.Number));

    public Catalog Without(Container container) => new(
        _databases, _containers.SetItem(container.Database.Number, Containers(container.Database).Remove(container.Id)));

    private ImmutableDictionary<string, Container> Containers(Database database) =>
        _containers.GetValueOrDefault(database.Number) ?? ImmutableDictionary<string, Container>.Empty;
}

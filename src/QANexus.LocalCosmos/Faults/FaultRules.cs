using System.Collections.Immutable;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Faults;

/// <summary>The faults in force on an account. Several may strike one request; delays come first.</summary>
public sealed class FaultRules
{
    private readonly AccountData _account;
    private ImmutableArray<ActiveFault> _active = [];

    internal FaultRules(AccountData account) => _account = account;

    /// <summary>Puts a rule in force until the result is disposed.</summary>
    /// <exception cref="NotSupportedException">A lagging replica of an account in memory.</exception>
    public ActiveFault Add(FaultRule rule)
    {
        var replica = rule.Fault is LaggingReplicaFault lag ? new LaggingReplica(_account, lag) : null;
        var active = new ActiveFault(this, rule, replica);
        ImmutableInterlocked.Update(ref _active, static (faults, added) => faults.Add(added), active);
        return active;
    }

    internal void Remove(ActiveFault fault) =>
        ImmutableInterlocked.Update(ref _active, static (faults, removed) => faults.Remove(removed), fault);

    /// <summary>The faults that strike a request, lagging replicas excepted.</summary>
    internal IReadOnlyList<Fault> Strike(Route route)
    {
        var active = _active;
        if (active.IsEmpty)
            return [];
        return [.. active.Where(fault => fault.Replica is null && fault.Strikes(route.Kind, route.Container)).Select(fault => fault.Fault)];
    }

    /// <summary>The replica that a read has come to, or null for the current state.</summary>
    internal LaggingReplica? FindReplica(RequestKind kind, Container container)
    {
        var active = _active;
        return active.IsEmpty ? null : active.FirstOrDefault(fault => fault.Replica is not null && fault.Strikes(kind, container.Id))?.Replica;
    }

    internal void Clear()
    {
        foreach (var fault in _active)
            fault.Dispose();
    }
}

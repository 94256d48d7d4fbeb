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
    private int _lastId;

    internal FaultRules(AccountData account) => _account = account;

    /// <summary>The rules in force, in the order in which they were added.</summary>
    public IReadOnlyList<ActiveFault> Active => _active;

    /// <summary>Puts a rule in force until the result is disposed.</summary>
    /// <exception cref="ArgumentException">The rule has a value outside of its limits; the message says which.</exception>
    /// <exception cref="NotSupportedException">A lagging replica of an account in memory.</exception>
    public ActiveFault Add(FaultRule rule)
    {
        if (rule.Violation is { } violation)
            throw new ArgumentException(violation, nameof(rule));
        var replica = rule.Fault is LaggingReplicaFault lag ? new LaggingReplica(_account, lag) : null;
        var active = new ActiveFault(this, Interlocked.Increment(ref _lastId), rule, replica);
        ImmutableInterlocked.Update(ref _active, static (faults, added) => faults.Add(added), active);
        return active;
    }

    internal void Remove(ActiveFault fault) =>
        ImmutableInterlocked.Update(ref _active, static (faults, removed) => faults.Remove(removed), fault);

    /// <summary>The faults that strike a request as it comes in.</summary>
    internal IReadOnlyList<Fault> Strike(Route route)
    {
        var active = _active;
        if (active.IsEmpty)
            return [];
        return
        [
            .. active
                .Where(fault => fault.Fault.StrikesOnArrival && fault.Concerns(route.Kind, route.Container) && fault.Strikes())
                .Select(fault => fault.Fault),
        ];
    }

    /// <summary>Rules about such requests whose faults strike what is found on the way; whether they do, the caller asks where it has found it.</summary>
    internal IReadOnlyList<ActiveFault> Find<TFault>(RequestKind kind, string? container)
        where TFault : Fault
    {
        var active = _active;
        return active.IsEmpty ? [] : [.. active.Where(fault => fault.Fault is TFault && fault.Concerns(kind, container))];
    }

    /// <summary>The replica that a read has come to, or null for the current state.</summary>
    internal LaggingReplica? FindReplica(RequestKind kind, Container container) =>
        Find<LaggingReplicaFault>(kind, container.Id).FirstOrDefault(fault => fault.Strikes())?.Replica;

    internal void Clear()
    {
        foreach (var fault in _active)
            fault.Dispose();
    }
}

using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Faults;

/// <summary>A rule in force. Disposing it ends it.</summary>
public sealed class ActiveFault : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FaultRules _owner;
    private readonly FaultRule _rule;
    private readonly Random _random;
    private int _seen;
    private int _hits;

    internal ActiveFault(FaultRules owner, FaultRule rule, LaggingReplica? replica)
    {
        _owner = owner;
        _rule = rule;
        Replica = replica;
        // Repeatable by design; nothing here needs to be hard to guess.
#pragma warning disable CA5394
        _random = new Random(rule.Seed);
    }

    /// <summary>How many requests it has struck.</summary>
    public int Hits
    {
        get
        {
            lock (_gate)
                return _hits;
        }
    }

    internal LaggingReplica? Replica { get; }

    internal Fault Fault => _rule.Fault;

    /// <summary>Ends the rule.</summary>
    public void Dispose()
    {
        _owner.Remove(this);
        Replica?.Dispose();
    }

    /// <summary>Whether the request is one of those that the rule is about and it strikes; counts and draws.</summary>
    internal bool Strikes(RequestKind kind, string? container)
    {
        if ((_rule.Requests.Count > 0 && !_rule.Requests.Contains(kind)) || (_rule.Container is { } name && name != container))
            return false;
        lock (_gate)
        {
            if (_seen++ < _rule.Skip || _hits >= _rule.Times || _random.NextDouble() >= _rule.Probability)
                return false;
            _hits++;
            return true;
        }
    }
#pragma warning restore CA5394
}

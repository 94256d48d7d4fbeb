using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Faults;

/// <summary>A rule in force. Disposing it ends it.</summary>
public sealed class ActiveFault : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FaultRules _owner;
    private readonly Random _random;
    private int _seen;
    private int _hits;

    // Repeatable by design; nothing here needs to be hard to guess.
#pragma warning disable CA5394
    internal ActiveFault(FaultRules owner, int id, FaultRule rule, LaggingReplica? replica)
    {
        _owner = owner;
        Id = id;
        Seed = rule.Seed ?? Random.Shared.Next();
        Rule = rule with { Seed = Seed };
        Replica = replica;
        _random = new Random(Seed);
    }

    /// <summary>Number of the rule on its account; none is used twice.</summary>
    public int Id { get; }

    /// <summary>The rule with the seed that is drawn from.</summary>
    public FaultRule Rule { get; }

    /// <summary>Where the draws start: put it into a rule to see the same draws again.</summary>
    public int Seed { get; }

    /// <summary>How many requests it has struck, or how many of what its fault says that it strikes.</summary>
    public int Hits
    {
        get
        {
            lock (_gate)
                return _hits;
        }
    }

    internal LaggingReplica? Replica { get; }

    internal Fault Fault => Rule.Fault;

    /// <summary>Ends the rule.</summary>
    public void Dispose()
    {
        _owner.Remove(this);
        Replica?.Dispose();
    }

    /// <summary>What a test's output needs to repeat the run.</summary>
    public override string ToString() => $"{Rule.Fault} (seed {Seed}, hits {Hits})";

    /// <summary>Whether the request is one of those that the rule is about.</summary>
    internal bool Concerns(RequestKind kind, string? container) =>
        Fault.Concerns(kind)
        && (Rule.Requests.Count == 0 || Rule.Requests.Contains(kind))
        && (Rule.Container is null || Rule.Container == container);

    /// <summary>Whether it strikes this time; counts and draws.</summary>
    internal bool Strikes()
    {
        lock (_gate)
        {
            if (_seen++ < Rule.Skip || _hits >= Rule.Times || _random.NextDouble() >= Rule.Probability)
                return false;
            _hits++;
            return true;
        }
    }

    /// <summary>Draws a number from 0 to below the bound.</summary>
    internal int Draw(int bound)
    {
        lock (_gate)
            return _random.Next(bound);
    }
#pragma warning restore CA5394
}

using System.Collections.Immutable;
using System.Text.Json;

namespace QANexus.LocalHost.Tests.Functions;

/// <summary>What the test functions tell of their calls, and what they do then.</summary>
public sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private ImmutableList<ProbedCall> calls = [];

    /// <summary>What a call does once it is on record.</summary>
    public Func<ProbedCall, CancellationToken, Task> Behaviour { get; set; } = static (_, _) => Task.CompletedTask;

    public ImmutableList<ProbedCall> Calls => calls;

    /// <summary>Of each call, the calls that its instance has seen, what it has of its scope, and whether all of it is of one scope.</summary>
    public List<(int Calls, object Scoped, bool IsOne)> Scopes { get; } = [];

    /// <summary>The ids that a function was called with, in order, as often as it was.</summary>
    public IEnumerable<string> IdsOf(string function) => Calls.Where(call => call.Function == function).SelectMany(static call => call.Ids);

    public async Task CallAsync(string function, string documents, CancellationToken cancellationToken)
    {
        using var parsed = JsonDocument.Parse(documents);
        var ids = parsed.RootElement.EnumerateArray().Select(static document => document.GetProperty("id").GetString()!).ToList();
        var call = new ProbedCall(function, ids, documents);
        ImmutableInterlocked.Update(ref calls, static (known, added) => known.Add(added), call);
        await Behaviour(call, cancellationToken);
    }

    /// <summary>The processor's own waits are the SDK's and run on the wall clock: all that a test can do is look until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), deadline.Token);
        }
    }

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));
}

/// <summary>A call of a test function.</summary>
public sealed record ProbedCall(string Function, IReadOnlyList<string> Ids, string Text);

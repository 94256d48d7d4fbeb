using CsCheck;
using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Tests.Aggregates;

/// <summary>Lives that come about by chance, and what must be true of every one of them.</summary>
internal static class Lives
{
    private const int MaxCommands = 40;

    /// <summary>
    /// Carries out random commands. After each the state is legal, follows from its events alone, whether from the first or from a snapshot
    /// after any of them, and its status is the same when any event has lost its data.
    /// </summary>
    /// <param name="begin">A new aggregate.</param>
    /// <param name="commands">Each takes the state, a number by chance, and the time.</param>
    /// <param name="status">What a redaction must not change.</param>
    /// <param name="check">Throws where a state, after the one before, is not legal.</param>
    public static void Sample<TState>(
        Func<Life<TState>> begin,
        IReadOnlyList<Func<TState, int, DateTimeOffset, Decision>> commands,
        Func<TState, object> status,
        Action<TState, TState> check)
        where TState : class =>
        Gen.Select(Gen.Select(Gen.Int[0, commands.Count - 1], Gen.Int[0, 1_000]).List[0, MaxCommands], Gen.Int[0, 1_000]).Sample((steps, chance) =>
        {
            var life = begin();
            foreach (var (command, number) in steps)
            {
                var before = life.State;
                var now = life.Now;
                if (!life.Apply(commands[command](before, number, now)))
                {
                    Assert.Same(before, life.State);
                }

                check(before, life.State);
            }

            var events = life.History.Count;
            Assert.Equal(life.Show(life.State), life.Show(life.Replay()));
            Assert.Equal(life.Show(life.State), life.Show(life.Replay(snapshotAfter: chance % (events + 1))));
            if (events > 0)
            {
                Assert.Equal(status(life.State), status(life.ReplayRedacted(chance % events)));
            }
        });
}

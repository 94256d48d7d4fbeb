using QANexus.Domain.Words;
using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Tests.Aggregates;

/// <summary>What every command comes to in every status, as a table that people read.</summary>
internal static class Matrix
{
    /// <param name="expected">The commands in the first line, then a line a status; columns are separated by bars.</param>
    /// <param name="lives">An aggregate in each status.</param>
    /// <param name="status">Reads the status.</param>
    /// <param name="commands">The commands in the order of the columns.</param>
    public static void Check<TState, TStatus>(
        string expected,
        IReadOnlyDictionary<TStatus, Life<TState>> lives,
        Func<TState, TStatus> status,
        IReadOnlyDictionary<string, Func<TState, Decision>> commands)
        where TState : class
        where TStatus : struct, Enum
    {
        Assert.All(lives, life => Assert.Equal(life.Key, status(life.Value.State)));
        string[] actual =
        [
            string.Join(" | ", commands.Keys.Prepend(string.Empty)).Trim(),
            .. Enum.GetValues<TStatus>().Select(row => string.Join(" | ", commands.Values
                .Select(command => lives[row].Try(command, state => Word.Of(status(state))))
                .Prepend(Word.Of(row)))),
        ];

        Assert.Equal(
            expected.Trim().Split('\n').Select(static line => string.Join(" | ", line.Split('|', StringSplitOptions.TrimEntries)).Trim()),
            actual);
    }
}

using System.Globalization;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>The number of a commit in its stream as the id of its document: ten digits, so that the order of ids is the order of commits.</summary>
internal static class CommitNumber
{
    /// <summary>The last number that ten digits hold.</summary>
    public const long Max = 9_999_999_999;

    public static string ToId(long number) => number.ToString("D10", CultureInfo.InvariantCulture);

    public static bool TryFromId(ReadOnlySpan<char> id, out long number) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    public static long FromId(ReadOnlySpan<char> id) => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);
}

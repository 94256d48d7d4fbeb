using System.Globalization;
using QANexus.LocalCosmos.Partitioning;

namespace QANexus.LocalCosmos.Sessions;

/// <summary>Session tokens: <c>{range}:{version}#{lsn}</c>, several joined with commas, each with optional positions of regions behind.</summary>
internal static class SessionToken
{
    public static string Of(PartitionKeyRange range, long lsn) => string.Create(CultureInfo.InvariantCulture, $"{range.Id}:-1#{lsn}");

    /// <summary>
    /// The LSN that the token demands of the range; 0 where it says nothing about it. A token of the form that this server never gave out demands nothing.
    /// </summary>
    public static long Demanded(string? tokens, PartitionKeyRange range)
    {
        if (tokens is null)
            return 0;
        var demanded = 0L;
        foreach (var part in tokens.AsSpan().Split(','))
        {
            var token = tokens.AsSpan(part).Trim();
            var colon = token.IndexOf(':');
            if (colon < 0 || !token[..colon].SequenceEqual(range.Name))
                continue;
            var position = token[(colon + 1)..];
            if (position.IndexOf('#') is >= 0 and var mark)
                position = position[(mark + 1)..];
            if (position.IndexOf('#') is >= 0 and var regions)
                position = position[..regions];
            if (long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var lsn))
                demanded = Math.Max(demanded, lsn);
        }

        return demanded;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace QANexus.EventStore.Streams;

/// <summary>A stream of one tenant: the events of one aggregate. Printed <c>{aggregateType}:{aggregateId}</c>.</summary>
/// <param name="AggregateType">What kind of aggregate.</param>
/// <param name="AggregateId">Which of them.</param>
public readonly record struct StreamId(AggregateType AggregateType, AggregateId AggregateId)
{
    /// <summary>Stands between type and id; no part may contain it.</summary>
    public const char Separator = ':';

    /// <summary>Whether <paramref name="text"/> is <c>{aggregateType}:{aggregateId}</c>; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StreamId result)
    {
        result = default;
        var separator = text?.IndexOf(Separator, StringComparison.Ordinal) ?? -1;
        if (separator < 0 || !AggregateType.TryParse(text![..separator], out var type)
            || !AggregateId.TryParse(text[(separator + 1)..], out var id))
        {
            return false;
        }

        result = new StreamId(type, id);
        return true;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not a stream id.</exception>
    public static StreamId Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"'{text}' is not a stream id: {{aggregateType}}:{{aggregateId}}.");

    /// <summary>Whether <paramref name="text"/> is this stream's, without making that text.</summary>
    internal bool IsNamed(ReadOnlySpan<char> text)
    {
        var type = AggregateType.Value;
        return text.Length > type.Length && text[type.Length] == Separator && text.StartsWith(type, StringComparison.Ordinal)
            && text[(type.Length + 1)..].SequenceEqual(AggregateId.Value);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{AggregateType}{Separator}{AggregateId}";
}

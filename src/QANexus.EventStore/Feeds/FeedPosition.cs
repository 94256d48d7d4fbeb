using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace QANexus.EventStore.Feeds;

/// <summary>
/// A place in the feed of a tenant, to be kept as text by whoever reads it: the end of a page of the store, and which commits of the next page were
/// given already.
/// </summary>
/// <remarks>
/// The latter are named by stream and number, not counted. A page that is read again may have lost a commit to a redaction since, or come mixed
/// with what is new; but commits of one stream keep their order, so a number stands for itself and all before it, whatever page it is found on.
/// </remarks>
public sealed class FeedPosition
{
    private const char Separator = '.';

    private readonly ImmutableDictionary<StreamMark, long> given;

    internal FeedPosition(string continuation)
        : this(continuation, ImmutableDictionary<StreamMark, long>.Empty)
    {
    }

    internal FeedPosition(string continuation, ImmutableDictionary<StreamMark, long> given) =>
        (Continuation, this.given) = (continuation, given);

    /// <summary>Where the store's page before ended, in its own words.</summary>
    internal string Continuation { get; }

    /// <summary>The last commit given of each stream that the next page had something of; empty at the end of a page.</summary>
    internal ImmutableDictionary<StreamMark, long> Given => given;

    /// <summary>Whether <paramref name="text"/> has the form of one; whether it leads anywhere is for the feed to say.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out FeedPosition? position)
    {
        position = null;
        var separator = text?.IndexOf(Separator, StringComparison.Ordinal) ?? -1;
        if (separator < 0 || separator == text!.Length - 1 || !StreamMark.TryParseAll(text[..separator], out var given))
        {
            return false;
        }

        position = new FeedPosition(text[(separator + 1)..], given);
        return true;
    }

    /// <summary>The text to keep, ASCII; treat it as opaque.</summary>
    public override string ToString() => $"{StreamMark.Format(given)}{Separator}{Continuation}";
}

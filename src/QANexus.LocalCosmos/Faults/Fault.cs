using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Faults;

/// <summary>What goes wrong.</summary>
public abstract record Fault
{
    private protected Fault()
    {
    }

    /// <summary>Whether it strikes requests as they come in; the others strike what is found while one is carried out.</summary>
    internal virtual bool StrikesOnArrival => true;

    /// <summary>Whether requests of this kind can meet it at all.</summary>
    internal virtual bool Concerns(RequestKind kind) => true;

    /// <summary>The value that is outside of its limits; null where none is.</summary>
    internal virtual string? Violation => null;
}

/// <summary>The request is answered with an error and not carried out: 408, 410, 429, 449, 500, 503, ...</summary>
/// <param name="StatusCode">HTTP status, from 400 to 599.</param>
/// <param name="SubStatus">Value of <c>x-ms-substatus</c>; 0 for none.</param>
/// <param name="RetryAfter">Value of <c>x-ms-retry-after-ms</c>, which clients expect with 429.</param>
public sealed record StatusFault(int StatusCode, int SubStatus = 0, TimeSpan? RetryAfter = null) : Fault
{
    internal override string? Violation => this switch
    {
        { StatusCode: < 400 or > 599 } => $"{StatusCode} is not a status of an error, which is from 400 to 599.",
        { SubStatus: < 0 } => "A sub-status is not negative.",
        _ when RetryAfter < TimeSpan.Zero => "The time to wait before a retry is not negative.",
        _ => null,
    };
}

/// <summary>The request is carried out after a delay on the account's clock.</summary>
/// <param name="By">How long it waits.</param>
public sealed record DelayFault(TimeSpan By) : Fault
{
    internal override string? Violation => FaultDelay.ViolationOf(By);
}

/// <summary>The request is carried out, a write durably, and its answer comes after a delay on the account's clock: clients that give up cannot know.</summary>
/// <param name="By">How long the answer waits.</param>
public sealed record SlowResponseFault(TimeSpan By) : Fault
{
    internal override string? Violation => FaultDelay.ViolationOf(By);
}

/// <summary>The connection breaks before the request is carried out.</summary>
public sealed record CutConnectionFault : Fault;

/// <summary>The request is carried out, a write durably, and then the connection breaks: the client cannot know.</summary>
public sealed record LostResponseFault : Fault;

/// <summary>
/// The request is carried out, a write durably, and the connection breaks after the headers and half of the body. An answer without a body
/// is lost as a whole.
/// </summary>
public sealed record CutBodyFault : Fault;

/// <summary>
/// Reads, queries and feeds are answered from an earlier state, unless their session token demands a newer one. Writes and batches are always
/// current, and so are the tokens they bring. Needs a durable store; while the fault is active, the store's log cannot shrink below that state.
/// </summary>
/// <param name="MaxWrites">How many writes it may miss before it catches up; null for any number.</param>
/// <param name="MaxAge">How old it may become before it catches up, on the account's clock; null for any age.</param>
public sealed record LaggingReplicaFault(int? MaxWrites = null, TimeSpan? MaxAge = null) : Fault
{
    internal override bool StrikesOnArrival => false;
}

/// <summary>
/// A page of the change feed is delivered, and again with the next request: its position stays where the page began. Strikes pages that have
/// documents; with no end (<see cref="FaultRule.Times"/>) and no chance (<see cref="FaultRule.Probability"/>) the reader never gets on.
/// </summary>
public sealed record DuplicateFeedFault : FeedFault;

/// <summary>
/// The documents on a page of the change feed are mixed across logical partitions; inside each one they keep their order. Strikes pages that
/// have documents of several.
/// </summary>
public sealed record ReorderedFeedFault : FeedFault;

/// <summary>
/// Changes of a logical partition are left out of the change feed, which moves on without them, and are delivered some pages or some time
/// later, whichever comes first; newer changes of the partition wait behind them. Strikes logical partitions, each at most once a page and at most
/// <see cref="MaxWithheld"/> at a time. What a reader still has to get is part of the position it was given, so it outlives the rule and the server.
/// </summary>
/// <param name="Pages">How many requests of the reader later, at least 1; answers without a document count too.</param>
/// <param name="By">How much later on the account's clock.</param>
public sealed record LateFeedFault(int? Pages = null, TimeSpan? By = null) : FeedFault
{
    /// <summary>How many logical partitions of one reader may be late at a time. The position that remembers them travels in a header.</summary>
    public const int MaxWithheld = 32;

    internal override string? Violation => this switch
    {
        { Pages: null, By: null } => "A late change needs the number of pages or the time that it is late by.",
        { Pages: < 1 } => "A change is late by one page at least.",
        { By: { } by } => FaultDelay.ViolationOf(by),
        _ => null,
    };
}

/// <summary>What goes wrong with pages of the change feed.</summary>
public abstract record FeedFault : Fault
{
    private protected FeedFault()
    {
    }

    internal override bool StrikesOnArrival => false;

    internal override bool Concerns(RequestKind kind) => kind == RequestKind.ChangeFeed;
}

/// <summary>
/// A lease of a change-feed processor gets another owner, durably and with a new ETag, before the read or replace of it that was struck is
/// carried out. Strikes leases that have an owner who is not the thief.
/// </summary>
/// <param name="Thief">Name of the new owner.</param>
public sealed record LeaseTheftFault(string Thief = "thief") : Fault
{
    internal override bool StrikesOnArrival => false;

    internal override bool Concerns(RequestKind kind) => kind is RequestKind.Read or RequestKind.Replace;

    internal override string? Violation => string.IsNullOrEmpty(Thief) ? "A thief has a name." : null;
}

namespace QANexus.LocalCosmos.Faults;

/// <summary>What goes wrong.</summary>
public abstract record Fault
{
    private protected Fault()
    {
    }
}

/// <summary>The request is answered with an error and not carried out: 408, 410, 429, 449, 500, 503, ...</summary>
/// <param name="StatusCode">HTTP status, from 400 up.</param>
/// <param name="SubStatus">Value of <c>x-ms-substatus</c>; 0 for none.</param>
/// <param name="RetryAfter">Value of <c>x-ms-retry-after-ms</c>, which clients expect with 429.</param>
public sealed record StatusFault(int StatusCode, int SubStatus = 0, TimeSpan? RetryAfter = null) : Fault;

/// <summary>The request is carried out after a delay on the account's clock.</summary>
/// <param name="By">How long it waits.</param>
public sealed record DelayFault(TimeSpan By) : Fault;

/// <summary>The connection breaks before the request is carried out.</summary>
public sealed record CutConnectionFault : Fault;

/// <summary>The request is carried out, a write durably, and then the connection breaks: the client cannot know.</summary>
public sealed record LostResponseFault : Fault;

/// <summary>
/// Reads, queries and feeds are answered from an earlier state, unless their session token demands a newer one. Writes and batches are always
/// current, and so are the tokens they bring. Needs a durable store; while the fault is active, the store's log cannot shrink below that state.
/// </summary>
/// <param name="MaxWrites">How many writes it may miss before it catches up; null for any number.</param>
/// <param name="MaxAge">How old it may become before it catches up, on the account's clock; null for any age.</param>
public sealed record LaggingReplicaFault(int? MaxWrites = null, TimeSpan? MaxAge = null) : Fault;

namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>What became of a batch of creates.</summary>
internal abstract record CreateOutcome
{
    private CreateOutcome()
    {
    }

    /// <summary>All documents are stored by this call.</summary>
    public static CreateOutcome Created { get; } = new AllCreated();

    /// <summary>A document of that id or commit id was there before; nothing was stored.</summary>
    public static CreateOutcome Conflict { get; } = new Conflicted(AfterOpenAttempt: false);

    /// <summary>As <see cref="Conflict"/>, but the document may be our own, stored by an attempt whose answer was lost.</summary>
    public static CreateOutcome ConflictAfterOpenAttempt { get; } = new Conflicted(AfterOpenAttempt: true);

    /// <summary>Whether the documents are stored could not be learnt.</summary>
    public static CreateOutcome Open(RequestFailure lastFailure) => new LeftOpen(lastFailure);

    public sealed record AllCreated : CreateOutcome;

    public sealed record Conflicted(bool AfterOpenAttempt) : CreateOutcome;

    public sealed record LeftOpen(RequestFailure LastFailure) : CreateOutcome;
}

using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using QANexus.Api.Routing;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;

namespace QANexus.Api.Commanding;

/// <summary>A command of the domain as HTTP offers it.</summary>
internal sealed class Command<TState, TBody>
    where TState : class
    where TBody : class
{
    /// <summary>Makes a decision of the state.</summary>
    public delegate ValueTask<Func<TState, Decision>> Decider(CommandInput<TBody> input, CancellationToken cancellationToken);

    /// <summary>Carries it out where more than one aggregate has a say.</summary>
    public delegate Task<CommandResult<TState>> Executor(
        ITenantEventStore store, CommandInput<TBody> input, AggregateCommand<TState> command, CancellationToken cancellationToken);

    public required Operation Operation { get; init; }

    public required AggregateRepositories<TState> Aggregates { get; init; }

    public required JsonTypeInfo<TBody> Body { get; init; }

    public required Decider Decide { get; init; }

    /// <summary>Null for a command that its aggregate decides alone.</summary>
    public Executor? Execute { get; init; }

    /// <summary>What the body calls the aggregate that it begins, if it does; null for a command on one that exists.</summary>
    public Func<TBody, string?>? NewId { get; init; }

    /// <summary>Of a command that was carried out now; a repeat is always 200.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    public bool Begins => NewId is not null;
}

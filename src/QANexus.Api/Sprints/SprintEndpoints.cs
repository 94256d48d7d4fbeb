using Microsoft.AspNetCore.Http;
using QANexus.Api.Commanding;
using QANexus.Api.Routing;
using QANexus.Domain.Sprints;
using QANexus.EventStore.Aggregates;

namespace QANexus.Api.Sprints;

/// <summary>The commands on sprints.</summary>
public sealed class SprintEndpoints(
    CommandPipeline commands, AggregateReads reads, AggregateRepositories<SprintState> sprints, SprintCommands sprintCommands)
{
    /// <summary>Plans a sprint, with items and started where that is asked.</summary>
    public Task<IResult> CreateAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<SprintState, CreateSprintBody>
        {
            Operation = Operations.CreateSprint,
            Aggregates = sprints,
            Body = Bodies.Default.CreateSprintBody,
            NewId = static body => body.Id,
            Status = StatusCodes.Status201Created,
            Execute = (store, input, command, cancellation) => input.Body.Start
                ? sprintCommands.StartAsync(store, command, cancellation)
                : sprints.For(store).ExecuteAsync(command, cancellation),
            Decide = static (input, _) => new(state => state.Create(input.Body.ToSprint())),
        },
        request, tenantId, cancellationToken);

    /// <summary>Its state: 200, 304 to whoever has it, 404 where there is none.</summary>
    public Task<IResult> ReadAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) =>
        reads.ReadAsync(Operations.ReadSprint, sprints, request, tenantId, id, cancellationToken);

    /// <summary>Puts an item into it.</summary>
    public Task<IResult> AddItemAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<SprintState, SprintItemBody>
        {
            Operation = Operations.AddSprintItem,
            Aggregates = sprints,
            Body = Bodies.Default.SprintItemBody,
            Status = StatusCodes.Status201Created,
            Decide = static (input, _) => new(state => state.AddItem(input.Body.ToItem(input.UnnamedId))),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Takes an item out of it.</summary>
    public Task<IResult> RemoveItemAsync(HttpRequest request, string? tenantId, string? id, string? itemId, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<SprintState, NoBody>
        {
            Operation = Operations.RemoveSprintItem,
            Aggregates = sprints,
            Body = Bodies.Default.NoBody,
            Decide = static (input, _) => new(state => state.RemoveItem(input.Route!)),
        },
        request, tenantId, id, itemId, cancellationToken);

    /// <summary>Moves an item to another lane.</summary>
    public Task<IResult> MoveItemAsync(HttpRequest request, string? tenantId, string? id, string? itemId, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<SprintState, MoveItemBody>
        {
            Operation = Operations.MoveSprintItem,
            Aggregates = sprints,
            Body = Bodies.Default.MoveItemBody,
            Decide = static (input, _) => new(state => state.MoveItem(input.Route!, input.Body.Status)),
        },
        request, tenantId, id, itemId, cancellationToken);

    /// <summary>Starts it: the only one that is ACTIVE.</summary>
    public Task<IResult> StartAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<SprintState, NoBody>
        {
            Operation = Operations.StartSprint,
            Aggregates = sprints,
            Body = Bodies.Default.NoBody,
            Execute = (store, _, command, cancellation) => sprintCommands.StartAsync(store, command, cancellation),
            Decide = static (_, _) => new(state => state.Start()),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Completes it.</summary>
    public Task<IResult> CompleteAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<SprintState, NoBody>
        {
            Operation = Operations.CompleteSprint,
            Aggregates = sprints,
            Body = Bodies.Default.NoBody,
            Execute = (store, _, command, cancellation) => sprintCommands.EndAsync(store, command, cancellation),
            Decide = static (_, _) => new(state => state.Complete()),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Gives it up.</summary>
    public Task<IResult> CancelAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<SprintState, ReasonBody>
        {
            Operation = Operations.CancelSprint,
            Aggregates = sprints,
            Body = Bodies.Default.ReasonBody,
            Execute = (store, _, command, cancellation) => sprintCommands.EndAsync(store, command, cancellation),
            Decide = static (input, _) => new(state => state.Cancel(input.Body.Reason)),
        },
        request, tenantId, id, route: null, cancellationToken);
}

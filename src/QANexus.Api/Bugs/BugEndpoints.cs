using Microsoft.AspNetCore.Http;
using QANexus.Api.Commanding;
using QANexus.Api.Routing;
using QANexus.Domain.Bugs;
using QANexus.EventStore.Aggregates;

namespace QANexus.Api.Bugs;

/// <summary>The commands on bugs.</summary>
public sealed class BugEndpoints(CommandPipeline commands, AggregateReads reads, AggregateRepositories<BugState> bugs)
{
    /// <summary>Reports a bug.</summary>
    public Task<IResult> CreateAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<BugState, CreateBugBody>
        {
            Operation = Operations.CreateBug,
            Aggregates = bugs,
            Body = Bodies.Default.CreateBugBody,
            NewId = static body => body.Id,
            Status = StatusCodes.Status201Created,
            Decide = static (input, _) => new(state => state.Create(input.Body.ToBug(input.Actor.Id))),
        },
        request, tenantId, cancellationToken);

    /// <summary>Its state: 200, 304 to whoever has it, 404 where there is none.</summary>
    public Task<IResult> ReadAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) =>
        reads.ReadAsync(Operations.ReadBug, bugs, request, tenantId, id, cancellationToken);

    /// <summary>Judges it.</summary>
    public Task<IResult> TriageAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<BugState, TriageBugBody>
        {
            Operation = Operations.TriageBug,
            Aggregates = bugs,
            Body = Bodies.Default.TriageBugBody,
            Decide = static (input, _) => new(state => state.Triage(input.Body.ToTriage(), input.Actor)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Judges it anew.</summary>
    public Task<IResult> UpdateTriageAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<BugState, BugTriageChangesBody>
        {
            Operation = Operations.UpdateBugTriage,
            Aggregates = bugs,
            Body = Bodies.Default.BugTriageChangesBody,
            Decide = static (input, _) => new(state => state.UpdateTriage(input.Body.Severity, input.Body.Priority, input.Body.AssignedTo, input.Actor)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Begins work on it.</summary>
    public Task<IResult> StartAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<BugState, StartBugBody>
        {
            Operation = Operations.StartBug,
            Aggregates = bugs,
            Body = Bodies.Default.StartBugBody,
            Decide = static (input, _) => new(state => state.StartWork(input.Body.AssignedTo)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Says that it is resolved.</summary>
    public Task<IResult> ResolveAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<BugState, ResolveBugBody>
        {
            Operation = Operations.ResolveBug,
            Aggregates = bugs,
            Body = Bodies.Default.ResolveBugBody,
            Decide = static (input, _) => new(state => state.Resolve(input.Body.ResolutionNotes)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Says that it is gone.</summary>
    public Task<IResult> VerifyAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<BugState, NoBody>
        {
            Operation = Operations.VerifyBug,
            Aggregates = bugs,
            Body = Bodies.Default.NoBody,
            Decide = static (_, _) => new(state => state.Verify()),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Closes it.</summary>
    public Task<IResult> CloseAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<BugState, NoBody>
        {
            Operation = Operations.CloseBug,
            Aggregates = bugs,
            Body = Bodies.Default.NoBody,
            Decide = static (_, _) => new(state => state.Close()),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Opens it again.</summary>
    public Task<IResult> ReopenAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<BugState, ReasonBody>
        {
            Operation = Operations.ReopenBug,
            Aggregates = bugs,
            Body = Bodies.Default.ReasonBody,
            Decide = static (input, _) => new(state => state.Reopen(input.Body.Reason)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Puts it off.</summary>
    public Task<IResult> DeferAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<BugState, ReasonBody>
        {
            Operation = Operations.DeferBug,
            Aggregates = bugs,
            Body = Bodies.Default.ReasonBody,
            Decide = static (input, _) => new(state => state.Defer(input.Body.Reason, input.Actor)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Says that it is none.</summary>
    public Task<IResult> InvalidateAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<BugState, ReasonBody>
        {
            Operation = Operations.InvalidateBug,
            Aggregates = bugs,
            Body = Bodies.Default.ReasonBody,
            Decide = static (input, _) => new(state => state.Invalidate(input.Body.Reason)),
        },
        request, tenantId, id, route: null, cancellationToken);
}

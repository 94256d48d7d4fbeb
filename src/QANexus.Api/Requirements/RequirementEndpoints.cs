using Microsoft.AspNetCore.Http;
using QANexus.Api.Commanding;
using QANexus.Api.Routing;
using QANexus.Domain.Policies;
using QANexus.Domain.Requirements;
using QANexus.EventStore.Aggregates;

namespace QANexus.Api.Requirements;

/// <summary>The commands on requirements.</summary>
public sealed class RequirementEndpoints(
    CommandPipeline commands, AggregateReads reads, AggregateRepositories<RequirementState> requirements, TenantPolicies policies)
{
    /// <summary>Writes a requirement.</summary>
    public Task<IResult> CreateAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<RequirementState, CreateRequirementBody>
        {
            Operation = Operations.CreateRequirement,
            Aggregates = requirements,
            Body = Bodies.Default.CreateRequirementBody,
            NewId = static body => body.Id,
            Status = StatusCodes.Status201Created,
            Decide = static (input, _) => new(state => state.Create(input.Body.ToRequirement())),
        },
        request, tenantId, cancellationToken);

    /// <summary>Its state: 200, 304 to whoever has it, 404 where there is none.</summary>
    public Task<IResult> ReadAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) =>
        reads.ReadAsync(Operations.ReadRequirement, requirements, request, tenantId, id, cancellationToken);

    /// <summary>Changes it.</summary>
    public Task<IResult> UpdateAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<RequirementState, UpdateRequirementBody>
        {
            Operation = Operations.UpdateRequirement,
            Aggregates = requirements,
            Body = Bodies.Default.UpdateRequirementBody,
            Decide = static (input, _) => new(state => state.Update(input.Body.ToChanges())),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Records its quality score.</summary>
    public Task<IResult> AnalyzeAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<RequirementState, AnalyzeRequirementBody>
        {
            Operation = Operations.AnalyzeRequirement,
            Aggregates = requirements,
            Body = Bodies.Default.AnalyzeRequirementBody,
            Decide = static (input, _) => new(state => state.Analyze(input.Body.ToScore())),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Approves it.</summary>
    public Task<IResult> ApproveAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<RequirementState, NoBody>
        {
            Operation = Operations.ApproveRequirement,
            Aggregates = requirements,
            Body = Bodies.Default.NoBody,
            Decide = (input, _) => new(state => state.Approve(input.Actor, input.Now, policies.ForRequirements(input.Store.Tenant))),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Publishes it.</summary>
    public Task<IResult> PublishAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<RequirementState, NoBody>
        {
            Operation = Operations.PublishRequirement,
            Aggregates = requirements,
            Body = Bodies.Default.NoBody,
            Decide = static (_, _) => new(state => state.Publish()),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Marks it ready.</summary>
    public Task<IResult> MarkReadyAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<RequirementState, NoBody>
        {
            Operation = Operations.ReadyRequirement,
            Aggregates = requirements,
            Body = Bodies.Default.NoBody,
            Decide = static (_, _) => new(state => state.MarkReady()),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Puts it into the backlog.</summary>
    public Task<IResult> BacklogAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<RequirementState, NoBody>
        {
            Operation = Operations.BacklogRequirement,
            Aggregates = requirements,
            Body = Bodies.Default.NoBody,
            Decide = static (_, _) => new(state => state.Backlog()),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Sends it back.</summary>
    public Task<IResult> NeedsRevisionAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<RequirementState, ReasonBody>
        {
            Operation = Operations.ReviseRequirement,
            Aggregates = requirements,
            Body = Bodies.Default.ReasonBody,
            Decide = static (input, _) => new(state => state.NeedsRevision(input.Body.Reason)),
        },
        request, tenantId, id, route: null, cancellationToken);
}

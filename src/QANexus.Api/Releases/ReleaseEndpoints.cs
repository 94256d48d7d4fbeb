using Microsoft.AspNetCore.Http;
using QANexus.Api.Authentication;
using QANexus.Api.Commanding;
using QANexus.Api.Routing;
using QANexus.Domain.Policies;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Readiness;
using QANexus.EventStore.Aggregates;

namespace QANexus.Api.Releases;

/// <summary>The commands on releases.</summary>
public sealed class ReleaseEndpoints(
    CommandPipeline commands, AggregateReads reads, AggregateRepositories<ReleaseState> releases, ReleaseCommands releaseCommands, ReleaseEvaluation evaluation,
    TenantPolicies policies)
{
    /// <summary>Plans a release, the only one of its version.</summary>
    public Task<IResult> CreateAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<ReleaseState, CreateReleaseBody>
        {
            Operation = Operations.CreateRelease,
            Aggregates = releases,
            Body = Bodies.Default.CreateReleaseBody,
            NewId = static body => body.Id,
            Status = StatusCodes.Status201Created,
            Execute = (store, input, command, cancellation) => releaseCommands.CreateAsync(store, input.Body.ToRelease(), command, cancellation),
            Decide = static (input, _) => new(state => state.Create(input.Body.ToRelease())),
        },
        request, tenantId, cancellationToken);

    /// <summary>Its state: 200, 304 to whoever has it, 404 where there is none.</summary>
    public Task<IResult> ReadAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) =>
        reads.ReadAsync(Operations.ReadRelease, releases, request, tenantId, id, cancellationToken);

    /// <summary>Evaluates how ready it is.</summary>
    public Task<IResult> EvaluateAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<ReleaseState, EvaluateReleaseBody>
        {
            Operation = Operations.EvaluateRelease,
            Aggregates = releases,
            Body = Bodies.Default.EvaluateReleaseBody,
            AlsoNeeds = static body => body.SaysSomething ? Permission.ReportSecurity : null,
            Decide = async (input, cancellation) => await evaluation.PrepareAsync(
                input.Store.Tenant, input.Id, input.Body.ToSecurity(), cancellation),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Activates it, or lifts its block.</summary>
    public Task<IResult> ActivateAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<ReleaseState, NoBody>
        {
            Operation = Operations.ActivateRelease,
            Aggregates = releases,
            Body = Bodies.Default.NoBody,
            Decide = static (_, _) => new(state => state.Activate()),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Freezes it.</summary>
    public Task<IResult> FreezeAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<ReleaseState, NoBody>
        {
            Operation = Operations.FreezeRelease,
            Aggregates = releases,
            Body = Bodies.Default.NoBody,
            Decide = static (_, _) => new(state => state.Freeze()),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Ships it.</summary>
    public Task<IResult> ReleaseAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<ReleaseState, NoBody>
        {
            Operation = Operations.ReleaseRelease,
            Aggregates = releases,
            Body = Bodies.Default.NoBody,
            Decide = (input, _) => new(state => state.Release(input.Now, policies.ForReleases(input.Store.Tenant))),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Blocks it.</summary>
    public Task<IResult> BlockAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<ReleaseState, ReasonBody>
        {
            Operation = Operations.BlockRelease,
            Aggregates = releases,
            Body = Bodies.Default.ReasonBody,
            Decide = static (input, _) => new(state => state.Block(input.Body.Reason)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Gives it up.</summary>
    public Task<IResult> AbortAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<ReleaseState, ReasonBody>
        {
            Operation = Operations.AbortRelease,
            Aggregates = releases,
            Body = Bodies.Default.ReasonBody,
            Decide = static (input, _) => new(state => state.Abort(input.Body.Reason)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Lets it go on although it is not ready, until it is evaluated again.</summary>
    public Task<IResult> OverrideAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<ReleaseState, ReasonBody>
        {
            Operation = Operations.OverrideRelease,
            Aggregates = releases,
            Body = Bodies.Default.ReasonBody,
            Decide = static (input, _) => new(state => state.Override(input.Body.Reason, input.Actor)),
        },
        request, tenantId, id, route: null, cancellationToken);
}

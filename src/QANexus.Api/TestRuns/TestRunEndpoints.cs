using Microsoft.AspNetCore.Http;
using QANexus.Api.Commanding;
using QANexus.Api.Routing;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Aggregates;

namespace QANexus.Api.TestRuns;

/// <summary>The commands on test runs.</summary>
public sealed class TestRunEndpoints(CommandPipeline commands, AggregateReads reads, AggregateRepositories<TestRunState> testRuns, TestRunAnalysis analysis)
{
    /// <summary>Makes a test run, started where that is asked.</summary>
    public Task<IResult> CreateAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<TestRunState, CreateTestRunBody>
        {
            Operation = Operations.CreateTestRun,
            Aggregates = testRuns,
            Body = Bodies.Default.CreateTestRunBody,
            NewId = static body => body.Id,
            Status = StatusCodes.Status201Created,
            Decide = static (input, _) => new(state => state.Create(input.Body.ToRun(input.Actor.Id))),
        },
        request, tenantId, cancellationToken);

    /// <summary>Its state: 200, 304 to whoever has it, 404 where there is none.</summary>
    public Task<IResult> ReadAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) =>
        reads.ReadAsync(Operations.ReadTestRun, testRuns, request, tenantId, id, cancellationToken);

    /// <summary>Starts it.</summary>
    public Task<IResult> StartAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<TestRunState, NoBody>
        {
            Operation = Operations.StartTestRun,
            Aggregates = testRuns,
            Body = Bodies.Default.NoBody,
            Decide = static (_, _) => new(state => state.Start()),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Records how tests ended.</summary>
    public Task<IResult> RecordAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<TestRunState, RecordResultsBody>
        {
            Operation = Operations.RecordTestResults,
            Aggregates = testRuns,
            Body = Bodies.Default.RecordResultsBody,
            Status = StatusCodes.Status201Created,
            Decide = static (input, _) => new(state => input.Body.Record(state)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Completes it.</summary>
    public Task<IResult> CompleteAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<TestRunState, CompleteTestRunBody>
        {
            Operation = Operations.CompleteTestRun,
            Aggregates = testRuns,
            Body = Bodies.Default.CompleteTestRunBody,
            Decide = static (input, _) => new(state => state.Complete(input.Body.Incomplete)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Stops it.</summary>
    public Task<IResult> StopAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<TestRunState, StopTestRunBody>
        {
            Operation = Operations.StopTestRun,
            Aggregates = testRuns,
            Body = Bodies.Default.StopTestRunBody,
            Decide = static (input, _) => new(state => state.Stop(input.Body.Reason)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Gives it up.</summary>
    public Task<IResult> CancelAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<TestRunState, ReasonBody>
        {
            Operation = Operations.CancelTestRun,
            Aggregates = testRuns,
            Body = Bodies.Default.ReasonBody,
            Decide = static (input, _) => new(state => state.Cancel(input.Body.Reason)),
        },
        request, tenantId, id, route: null, cancellationToken);

    /// <summary>Compares it with the one before.</summary>
    public Task<IResult> AnalyzeAsync(HttpRequest request, string? tenantId, string? id, CancellationToken cancellationToken) => commands.RunAsync(
        new Command<TestRunState, NoBody>
        {
            Operation = Operations.AnalyzeTestRun,
            Aggregates = testRuns,
            Body = Bodies.Default.NoBody,
            Decide = async (input, cancellation) => await analysis.PrepareAsync(input.Store, input.Id, cancellation),
        },
        request, tenantId, id, route: null, cancellationToken);
}

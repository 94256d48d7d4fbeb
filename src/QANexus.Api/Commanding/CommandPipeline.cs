using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Links;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Streams;
using QANexus.Domain.Rules;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Commanding;

/// <summary>What every command goes through: its body and headers, the decision of its aggregate, and the answer.</summary>
public sealed class CommandPipeline(EndpointPipeline pipeline, PositionTags tags, LinkBuilder links, TimeProvider time)
{
    /// <summary>Begins an aggregate.</summary>
    internal Task<IResult> RunAsync<TState, TBody>(
        Command<TState, TBody> command, HttpRequest request, string? tenantId, CancellationToken cancellationToken)
        where TState : class
        where TBody : class =>
        RunAsync(command, request, tenantId, aggregateId: null, route: null, cancellationToken);

    /// <summary>Asks something of an aggregate.</summary>
    internal Task<IResult> RunAsync<TState, TBody>(
        Command<TState, TBody> command, HttpRequest request, string? tenantId, string? aggregateId, string? route, CancellationToken cancellationToken)
        where TState : class
        where TBody : class =>
        pipeline.RunAsync(
            command.Operation, request, tenantId,
            (tenant, cancellation) => RunAsync(command, request, tenant, aggregateId, route, cancellation), cancellationToken);

    private async Task<Answer> RunAsync<TState, TBody>(
        Command<TState, TBody> command, HttpRequest request, AuthorizedTenant tenant, string? aggregateId, string? route, CancellationToken cancellationToken)
        where TState : class
        where TBody : class
    {
        if (!CommandHeaders.TryRead(request, command.Begins, out var headers, out var problem)
            || !new QueryParameters(request.Query).IsValid(out problem))
        {
            return problem!;
        }

        if (await RequestBody.ReadAsync(request, tenant.Limits.MaxBodyBytes, cancellationToken) is not { } utf8)
        {
            return new Problem(ProblemCode.PayloadTooLarge, $"The body is larger than {tenant.Limits.MaxBodyBytes} bytes.");
        }

        // Without a key a request gets one of its own: where its outcome stays open, that key settles it, and names the same aggregate again.
        var key = headers.IdempotencyKey ?? CommitId.Parse(Guid.CreateVersion7(time.GetUtcNow()).ToString("N"));
        if (!CommandBody.TryRead(utf8, command.Body, out var body, out problem)
            || !TryName(command, body, aggregateId, key, out var id, out problem))
        {
            return problem!;
        }

        if (command.AlsoNeeds?.Invoke(body) is { } permission && !tenant.Caller.Holds(permission, tenant.Id))
        {
            return new Problem(ProblemCode.Forbidden, "The caller does not hold the permission for a part of the body in this tenant.");
        }

        var stream = new StreamId(command.Aggregates.Definition.Type, id);
        var input = new CommandInput<TBody>(
            body, Actors.Of(tenant), id, time.GetUtcNow(), tenant.Store, NewAggregateId.For(stream.AggregateType, key).Value, route);
        var asked = new AggregateCommand<TState>
        {
            Id = id,
            Decide = await command.Decide(input, cancellationToken),
            Expected = await ExpectedAsync(command.Begins, headers.Precondition, tenant.Id, stream, cancellationToken),
            CommitId = key,
            Fingerprint = RequestFingerprint.Of($"{command.Operation.Name} {id} {route}", utf8.Span),
            Metadata = new AppendMetadata { Actor = tenant.Caller.Actor, TraceParent = tenant.Trace.TraceParent },
        };

        // Before the write: an answer must not fail for want of a key once the events are stored.
        var tagger = await tags.ForTenantAsync(tenant.Id, cancellationToken);
        try
        {
            var result = command.Execute is { } execute
                ? await execute(tenant.Store, input, asked, cancellationToken)
                : await command.Aggregates.For(tenant.Store).ExecuteAsync(asked, cancellationToken);
            return Answer(command, request, tagger, stream, headers, result);
        }
        catch (AppendOutcomeUnknownException unknown) when (unknown.CommitId != key)
        {
            // Of an append that goes before the command's own: the command's key leads through both.
            throw new AppendOutcomeUnknownException(key, unknown.RetryAfter, unknown);
        }
    }

    private async ValueTask<ExpectedPosition> ExpectedAsync(
        bool begins, AppendPrecondition precondition, TenantId tenant, StreamId stream, CancellationToken cancellationToken)
    {
        var expected = await precondition.ResolveAsync(tags, tenant, stream, cancellationToken);
        return begins ? ExpectedPosition.NoStream : expected == ExpectedPosition.Any ? ExpectedPosition.StreamExists : expected;
    }

    private static bool TryName<TState, TBody>(
        Command<TState, TBody> command, TBody body, string? routeId, CommitId key, out AggregateId id, out Problem? problem)
        where TState : class
        where TBody : class
    {
        problem = null;
        var given = command.NewId is { } newId ? newId(body) : routeId ?? string.Empty;
        if (given is null)
        {
            id = NewAggregateId.For(command.Aggregates.Definition.Type, key);
        }
        else if (!AggregateId.TryParse(given, out id))
        {
            const string Rule = "must be 1-128 of A-Z a-z 0-9 . _ ~ @ and '-', but not '.' or '..'";
            problem = Problem.Invalid(command.Begins ? new ProblemError("/id", Rule) : ProblemError.InPath("id", Rule));
        }

        return problem is null;
    }

    private Answer Answer<TState, TBody>(
        Command<TState, TBody> command, HttpRequest request, PositionTagger tagger, StreamId stream, AppendHeaders headers, CommandResult<TState> result)
        where TState : class
        where TBody : class
    {
        var type = command.Aggregates.Definition.StateType;
        return result switch
        {
            CommandResult<TState>.Appended done => new JsonAnswer(
                done.IsReplay ? StatusCodes.Status200OK : command.Status,
                CommandAnswer.Write(tagger.Tenant, done.Aggregate, type, done.Receipt, done.Events))
            {
                Headers =
                [
                    new(HeaderNames.ETag, tagger.Format(stream, done.Receipt.Position)),
                    .. Header(command.Begins, HeaderNames.Location, () => links.Below(request, stream.AggregateId.Value)),
                    .. Header(done.IsReplay, ApiHeaders.IdempotencyReplayed, static () => "true"),
                ],
                RequestCharge = done.RequestCharge,
            },
            CommandResult<TState>.Unchanged same => new JsonAnswer(
                StatusCodes.Status200OK, CommandAnswer.Write(tagger.Tenant, same.Aggregate, type, receipt: null, []))
            {
                Headers = [new(HeaderNames.ETag, tagger.Format(stream, same.Aggregate.Position))],
                RequestCharge = same.RequestCharge,
            },
            CommandResult<TState>.Rejected no => Refusal(no.Rejection) with { RequestCharge = no.RequestCharge },
            CommandResult<TState>.NotFound missing => new Problem(ProblemCode.NotFound, $"There is no {stream}.") { RequestCharge = missing.RequestCharge },
            CommandResult<TState>.VersionConflict { Current: var current } conflict =>
                (command.Begins && headers.Precondition.Stated != ExpectedPosition.NoStream ? Taken(stream) : Conflict(stream, current, tagger))
                    with { RequestCharge = conflict.RequestCharge },
            CommandResult<TState>.KeyReused reused => new Problem(
                ProblemCode.IdempotencyKeyReused, $"The key '{reused.CommitId}' was used for another request to {stream}; nothing was written.")
            {
                RequestCharge = reused.RequestCharge,
            },
            var unknown => throw new InvalidOperationException($"A command cannot end in {unknown.GetType().Name}."),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Header(bool isSent, string name, Func<string> value) => isSent ? [new(name, value())] : [];

    /// <summary>What the input is to blame for is an error of the whole body: the rule, not the member, says what it is.</summary>
    private static Problem Refusal(Decision.Rejection no) => InputRules.Contains(no.Rule)
        ? Problem.Invalid(new ProblemError(string.Empty, no.Message)) with { Detail = no.Message, Rule = no.Rule }
        : new Problem(no.Kind is RejectionKind.Transition ? ProblemCode.TransitionNotAllowed : ProblemCode.InvariantViolated, no.Message) { Rule = no.Rule };

    private static Problem Conflict(StreamId stream, StreamPosition current, PositionTagger tagger) => new(
        ProblemCode.VersionConflict, $"{stream} is at version {current.Version}; nothing was written.")
    {
        CurrentVersion = current.Version,
        CurrentETag = tagger.Format(stream, current),
    };

    /// <summary>Nobody asked that there be none: the name is simply taken.</summary>
    private static Problem Taken(StreamId stream) => new(ProblemCode.TransitionNotAllowed, $"{stream} exists already.")
    {
        Rule = $"{stream.AggregateType.Value.ToLowerInvariant()}.exists",
    };
}

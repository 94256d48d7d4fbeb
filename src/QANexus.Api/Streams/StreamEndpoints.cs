using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Links;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;

namespace QANexus.Api.Streams;

/// <summary>Appends to streams and reads them.</summary>
public sealed class StreamEndpoints(EndpointPipeline pipeline, PositionTags tags, LinkBuilder links)
{
    /// <summary>Appends events, all or nothing: 201, or 200 where the same request was stored before.</summary>
    public Task<IResult> AppendAsync(
        HttpRequest request, string? tenantId, string? aggregateType, string? aggregateId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.AppendEvents, request, tenantId,
            (tenant, cancellation) => AppendAsync(request, tenant, aggregateType, aggregateId, cancellation), cancellationToken);

    /// <summary>Reads a page of a stream, which is empty where the stream has no events.</summary>
    public Task<IResult> ReadAsync(
        HttpRequest request, string? tenantId, string? aggregateType, string? aggregateId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.ReadStream, request, tenantId,
            (tenant, cancellation) => ReadAsync(request, tenant, aggregateType, aggregateId, cancellation), cancellationToken);

    private async Task<Answer> AppendAsync(
        HttpRequest request, AuthorizedTenant tenant, string? aggregateType, string? aggregateId, CancellationToken cancellationToken)
    {
        if (!StreamPath.TryParse(aggregateType, aggregateId, out var stream, out var problem)
            || !AppendHeaders.TryRead(request.Headers, out var headers, out problem)
            || !new QueryParameters(request.Query).IsValid(out problem))
        {
            return problem!;
        }

        if (await RequestBody.ReadAsync(request, tenant.Limits.MaxBodyBytes, cancellationToken) is not { } utf8)
        {
            return new Problem(ProblemCode.PayloadTooLarge, $"The body is larger than {tenant.Limits.MaxBodyBytes} bytes.");
        }

        if (!AppendBody.TryParse(utf8, out var body, out problem))
        {
            return problem;
        }

        var append = new AppendRequest
        {
            Stream = stream,
            Events = body.Events,
            CommitId = headers.IdempotencyKey,
            Expected = await headers.Precondition.ResolveAsync(tags, tenant.Id, stream, cancellationToken),
            Metadata = new AppendMetadata
            {
                Actor = tenant.Caller.Actor,
                CorrelationId = body.CorrelationId,
                CausationId = body.CausationId,
                Source = body.Source,
                TraceParent = tenant.Trace.TraceParent,
            },
        };

        // Before the write: an answer must not fail for want of a key once the events are stored.
        var tagger = await tags.ForTenantAsync(tenant.Id, cancellationToken);
        AppendResult result;
        try
        {
            result = await tenant.Store.AppendAsync(append, cancellationToken);
        }
        catch (UnknownSchemaVersionException unknown)
        {
            return Problem.SchemaVersionUnknown(unknown);
        }

        return result switch
        {
            AppendResult.Appended appended => Appended(request, appended, tagger),
            AppendResult.VersionConflict conflict => new Problem(
                ProblemCode.VersionConflict, $"The stream {stream} is at version {conflict.Current.Version}; nothing was written.")
            {
                CurrentVersion = conflict.Current.Version,
                CurrentETag = tagger.Format(stream, conflict.Current),
                RequestCharge = conflict.RequestCharge,
            },
            AppendResult.KeyReused reused => new Problem(
                ProblemCode.IdempotencyKeyReused, $"The key '{reused.CommitId}' was used for other content in the stream {stream}; nothing was written.")
            {
                RequestCharge = reused.RequestCharge,
            },
            var unknown => throw new InvalidOperationException($"An append cannot end in {unknown.GetType().Name}."),
        };
    }

    private JsonAnswer Appended(HttpRequest request, AppendResult.Appended appended, PositionTagger tagger)
    {
        var receipt = appended.Receipt;
        List<KeyValuePair<string, string>> headers =
        [
            new(HeaderNames.ETag, tagger.Format(receipt.Stream, receipt.Position)),
            new(HeaderNames.Location, links.Self(request)),
        ];
        if (appended.IsReplay)
        {
            headers.Add(new(ApiHeaders.IdempotencyReplayed, "true"));
        }

        return new JsonAnswer(
            appended.IsReplay ? StatusCodes.Status200OK : StatusCodes.Status201Created, AppendAnswer.Write(tagger.Tenant, receipt))
        {
            Headers = headers,
            RequestCharge = appended.RequestCharge,
        };
    }

    private async Task<Answer> ReadAsync(
        HttpRequest request, AuthorizedTenant tenant, string? aggregateType, string? aggregateId, CancellationToken cancellationToken)
    {
        if (!StreamPath.TryParse(aggregateType, aggregateId, out var stream, out var problem)
            || !StreamReadQuery.TryRead(request.Query, tenant.Limits, out var options, out problem))
        {
            return problem!;
        }

        // An answer about the past or about a part of a stream that has an end is not a state of the stream to build on: no ETag.
        var tagger = options.ToVersion is null && options.AsOf is null
            ? await tags.ForTenantAsync(tenant.Id, cancellationToken)
            : (PositionTagger?)null;
        var slice = await tenant.Store.ReadAsync(stream, options, cancellationToken);
        var tag = tagger?.Format(stream, slice.Position);
        List<KeyValuePair<string, string>> headers = tag is null ? [] : [new(HeaderNames.ETag, tag)];
        return tag is not null && await tags.IsKnownAsync(request.Headers, tenant.Id, stream, slice.Position, cancellationToken)
            ? new NotModifiedAnswer { Headers = headers, RequestCharge = slice.RequestCharge }
            : new JsonAnswer(StatusCodes.Status200OK, StreamAnswer.Write(slice, NextLink(request, options, slice)))
            {
                Headers = headers,
                RequestCharge = slice.RequestCharge,
            };
    }

    private string? NextLink(HttpRequest request, StreamReadOptions options, StreamSlice slice) => slice.NextVersion is { } next
        ? links.Self(
            request,
            options.Direction is ReadDirection.Forward ? StreamReadQuery.FromVersion : StreamReadQuery.ToVersion,
            next.ToString(System.Globalization.CultureInfo.InvariantCulture))
        : null;
}

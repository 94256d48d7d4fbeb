using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Links;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.Api.Streams;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;

namespace QANexus.Api.Snapshots;

/// <summary>Keeps snapshots for clients that fold for themselves.</summary>
public sealed class SnapshotEndpoints(EndpointPipeline pipeline, IClientSnapshots snapshots, LinkBuilder links)
{
    /// <summary>The newest snapshot: 200, 304 to whoever has it, 404 where none is kept.</summary>
    public Task<IResult> ReadAsync(
        HttpRequest request, string? tenantId, string? aggregateType, string? aggregateId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.ReadSnapshot, request, tenantId,
            (tenant, cancellation) => ReadAsync(request, tenant, aggregateType, aggregateId, cancellation), cancellationToken);

    /// <summary>Keeps a snapshot: 201 the first time, 200 in place of one that is not newer.</summary>
    public Task<IResult> KeepAsync(
        HttpRequest request, string? tenantId, string? aggregateType, string? aggregateId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.PutSnapshot, request, tenantId,
            (tenant, cancellation) => KeepAsync(request, tenant, aggregateType, aggregateId, cancellation), cancellationToken);

    private async Task<Answer> ReadAsync(
        HttpRequest request, AuthorizedTenant tenant, string? aggregateType, string? aggregateId, CancellationToken cancellationToken)
    {
        if (!StreamPath.TryParse(aggregateType, aggregateId, out var stream, out var problem)
            || !new QueryParameters(request.Query).IsValid(out problem))
        {
            return problem!;
        }

        var found = await snapshots.FindAsync(tenant.Id, stream, cancellationToken);
        if (found.Kept is not { } kept)
        {
            return new Problem(ProblemCode.NotFound, $"No snapshot of the stream {stream} is kept.") { RequestCharge = found.RequestCharge };
        }

        var tag = new EntityTagHeaderValue(TagOf(kept));
        List<KeyValuePair<string, string>> headers = [new(HeaderNames.ETag, tag.ToString())];
        var isKnown = EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
            && known.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(tag, useStrongComparison: false));
        return isKnown
            ? new NotModifiedAnswer { Headers = headers, RequestCharge = found.RequestCharge }
            : new JsonAnswer(StatusCodes.Status200OK, Write(stream, kept)) { Headers = headers, RequestCharge = found.RequestCharge };
    }

    private async Task<Answer> KeepAsync(
        HttpRequest request, AuthorizedTenant tenant, string? aggregateType, string? aggregateId, CancellationToken cancellationToken)
    {
        if (!StreamPath.TryParse(aggregateType, aggregateId, out var stream, out var problem)
            || !new QueryParameters(request.Query).IsValid(out problem))
        {
            return problem!;
        }

        if (!ContentNegotiation.SendsJson(request.Headers))
        {
            return new Problem(ProblemCode.UnsupportedMediaType, "The body must be application/json in UTF-8, without a content coding.");
        }

        if (await RequestBody.ReadAsync(request, tenant.Limits.MaxBodyBytes, cancellationToken) is not { } utf8)
        {
            return new Problem(ProblemCode.PayloadTooLarge, $"The body is larger than {tenant.Limits.MaxBodyBytes} bytes.");
        }

        if (!SnapshotBody.TryParse(utf8, out var snapshot, out problem))
        {
            return problem!;
        }

        var result = await snapshots.KeepAsync(tenant.Id, stream, snapshot!, cancellationToken);
        Answer answer = result switch
        {
            KeepSnapshotResult.Kept kept => new JsonAnswer(
                kept.IsFirst ? StatusCodes.Status201Created : StatusCodes.Status200OK, Write(stream, kept.Snapshot))
            {
                Headers = [new(HeaderNames.ETag, TagOf(kept.Snapshot)), new(HeaderNames.Location, links.Self(request))],
            },
            KeepSnapshotResult.NoStream => new Problem(ProblemCode.NotFound, $"The stream {stream} has no events."),
            KeepSnapshotResult.BeyondEnd beyond => new Problem(
                ProblemCode.InvariantViolated, $"The stream {stream} ends at version {beyond.LastVersion}; nothing was kept.")
            {
                Rule = "snapshot.beyond_end", CurrentVersion = beyond.LastVersion,
            },
            KeepSnapshotResult.Older older => new Problem(
                ProblemCode.InvariantViolated, $"A snapshot of version {older.KeptVersion} is kept already, and an older one never takes its place.")
            {
                Rule = "snapshot.older", CurrentVersion = older.KeptVersion,
            },
            _ => throw new InvalidOperationException($"Keeping a snapshot cannot end in {result.GetType().Name}."),
        };
        return answer with { RequestCharge = result.RequestCharge };
    }

    /// <summary>A new one with every other content, the same for the same.</summary>
    private static string TagOf(KeptSnapshot kept) => string.Create(
        CultureInfo.InvariantCulture, $"\"{kept.Snapshot.Version}.{kept.Digest}\"");

    private static ReadOnlyMemory<byte> Write(StreamId stream, KeptSnapshot kept) => JsonText.Write(256 + kept.Snapshot.State.Utf8.Length, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("aggregateType"u8, stream.AggregateType.Value);
        writer.WriteString("aggregateId"u8, stream.AggregateId.Value);
        writer.WriteNumber("version"u8, kept.Snapshot.Version);
        writer.WriteString("schema"u8, kept.Snapshot.Schema.Value);
        writer.WriteString("storedAt"u8, Rfc3339.Format(kept.StoredAt));
        writer.WritePropertyName("state"u8);
        writer.WriteRawValue(kept.Snapshot.State.Utf8.Span, skipInputValidation: true);
        writer.WriteEndObject();
    });
}

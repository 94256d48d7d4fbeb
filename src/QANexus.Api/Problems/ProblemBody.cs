using QANexus.Api.Requests;
using QANexus.Api.Responses;

namespace QANexus.Api.Problems;

/// <summary>Writes a problem as <c>application/problem+json</c>.</summary>
internal static class ProblemBody
{
    public const string MediaType = "application/problem+json";

    public static ReadOnlyMemory<byte> Write(Problem problem, string instance, RequestTrace trace) => JsonText.Write(512, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, problem.Code.Type);
        writer.WriteString("title"u8, problem.Code.Title);
        writer.WriteNumber("status"u8, problem.Code.Status);
        writer.WriteString("detail"u8, problem.Detail);
        writer.WriteString("instance"u8, instance);
        writer.WriteString("code"u8, problem.Code.Code);
        writer.WriteString("traceId"u8, trace.TraceId);
        if (problem.Rule is { } rule)
        {
            writer.WriteString("rule"u8, rule);
        }

        if (problem.CurrentVersion is { } version)
        {
            writer.WriteNumber("currentVersion"u8, version);
        }

        if (problem.CurrentETag is { } tag)
        {
            writer.WriteString("currentETag"u8, tag);
        }

        if (problem.IdempotencyKey is { } key)
        {
            writer.WriteString("idempotencyKey"u8, key);
        }

        if (problem.Schema is { } schema)
        {
            writer.WriteString("eventType"u8, schema.Type.Value);
            writer.WriteNumber("schemaVersion"u8, schema.Version);
        }

        if (problem.Step is { } step)
        {
            writer.WriteString("step"u8, step);
        }

        if (problem.Errors.Count > 0)
        {
            writer.WriteStartObject("errors"u8);
            foreach (var pointer in problem.Errors.GroupBy(static error => error.Pointer, static error => error.Message, StringComparer.Ordinal))
            {
                writer.WriteStartArray(pointer.Key);
                foreach (var message in pointer)
                {
                    writer.WriteStringValue(message);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });
}

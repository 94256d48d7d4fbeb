using System.Text;
using System.Text.Json;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Appending;

/// <summary>The rules of an append that its types do not state already.</summary>
internal static class AppendValidation
{
    private static readonly string[] ReservedMetadata = ["actor", "traceparent"];

    /// <exception cref="InvalidAppendException">At least one rule or limit is broken.</exception>
    public static void Check(AppendRequest request)
    {
        var violations = new List<AppendViolation>();
        if (request.Events.Count == 0)
        {
            violations.Add(new AppendViolation("/events", "must hold at least one event"));
        }

        if (request.Events.Count > AppendLimits.MaxEvents)
        {
            violations.Add(new AppendViolation("/events", $"must hold at most {AppendLimits.MaxEvents} events", IsTooLarge: true));
        }

        CheckMetadata(request.Metadata, violations);
        CheckEvents(request, violations);
        if (violations.Count > 0)
        {
            throw new InvalidAppendException(violations);
        }
    }

    private static void CheckEvents(AppendRequest request, List<AppendViolation> violations)
    {
        var total = 0L;
        var ids = new HashSet<EventId>();
        for (var i = 0; i < Math.Min(request.Events.Count, AppendLimits.MaxEvents); i++)
        {
            var e = request.Events[i];
            if (e.Data.Utf8.Length > AppendLimits.MaxDataBytes)
            {
                violations.Add(new AppendViolation($"/events/{i}/data", $"is larger than {AppendLimits.MaxDataBytes} bytes", IsTooLarge: true));
            }

            if (e.SchemaVersion < 1)
            {
                violations.Add(new AppendViolation($"/events/{i}/schemaVersion", "must be at least 1"));
            }

            if (e.Id is { } id && !ids.Add(id))
            {
                violations.Add(new AppendViolation($"/events/{i}/eventId", "appears twice in this append"));
            }

            CheckMetadata(e, i, violations);
            total += e.Data.Utf8.Length + (e.Metadata?.Utf8.Length ?? 0);
        }

        if (total > AppendLimits.MaxBytes)
        {
            violations.Add(new AppendViolation("/events", $"carry more than {AppendLimits.MaxBytes} bytes of data and metadata", IsTooLarge: true));
        }
    }

    private static void CheckMetadata(NewEvent e, int index, List<AppendViolation> violations)
    {
        if (e.Metadata is not { } metadata)
        {
            return;
        }

        if (metadata.Utf8.Length > AppendLimits.MaxMetadataBytes)
        {
            violations.Add(new AppendViolation(
                $"/events/{index}/metadata", $"is larger than {AppendLimits.MaxMetadataBytes} bytes", IsTooLarge: true));
            return;
        }

        var reader = new Utf8JsonReader(metadata.Utf8.Span);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == 1
                && ReservedMetadata.Contains(reader.GetString()!, StringComparer.Ordinal))
            {
                violations.Add(new AppendViolation($"/events/{index}/metadata/{reader.GetString()}", "is set by the store, not by the caller"));
            }
        }
    }

    private static void CheckMetadata(AppendMetadata metadata, List<AppendViolation> violations)
    {
        var length = 0L;
        foreach (var (name, value) in new[]
        {
            ("actor", metadata.Actor), ("correlationId", metadata.CorrelationId), ("causationId", metadata.CausationId),
            ("source", metadata.Source), ("traceparent", metadata.TraceParent),
        })
        {
            if (value is not null && !Token.IsWellFormed(value))
            {
                violations.Add(new AppendViolation($"/metadata/{name}", "has a lone surrogate"));
            }

            length += value is null ? 0 : Encoding.UTF8.GetByteCount(value);
        }

        if (length > AppendLimits.MaxMetadataBytes)
        {
            violations.Add(new AppendViolation("/metadata", $"is larger than {AppendLimits.MaxMetadataBytes} bytes", IsTooLarge: true));
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>The way of one stored event along its path. Its data is parsed for this run alone, so that nothing is shared with another.</summary>
internal sealed class UpcastRun(EventCatalog catalog, TenantId tenant, RecordedEvent stored)
{
    /// <summary>
    /// Bytes of data that a step may make: four times what can be stored, as the writer needs up to three times the room for the same text where it
    /// escapes it.
    /// </summary>
    private const int MaxDataBytes = 4 * AppendLimits.MaxDataBytes;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<RecordedEvent> results = [];

    public async ValueTask<IReadOnlyList<RecordedEvent>> RunAsync(CancellationToken cancellationToken)
    {
        await AdvanceAsync(stored.Id, new Stage(new EventTypeVersion(stored.Type, stored.SchemaVersion), stored.Data, Tree: null), cancellationToken);
        return results;
    }

    private async Task AdvanceAsync(EventId id, Stage stage, CancellationToken cancellationToken)
    {
        while (catalog.StepFrom(stage.At) is { } step)
        {
            var next = stored.Redaction is null
                ? await RunAsync(step, stage, cancellationToken)
                : [.. step.Targets.Select(target => stage with { At = target })];
            if (step.IsSplit)
            {
                for (var i = 0; i < next.Count; i++)
                {
                    await AdvanceAsync(EventId.Part(id, i + 1), next[i], cancellationToken);
                }

                return;
            }

            if (next.Count == 0)
            {
                return;
            }

            stage = next[0];
        }

        results.Add(stored with { Id = id, Type = stage.At.Type, SchemaVersion = stage.At.Version, Data = stage.Text });
    }

    private async Task<IReadOnlyList<Stage>> RunAsync(UpcastStep step, Stage stage, CancellationToken cancellationToken)
    {
        try
        {
            var data = stage.Tree ?? JsonNode.Parse(stage.Text.Utf8.Span)!.AsObject();
            var parts = await step.Body(new UpcastInput(catalog.Services, tenant, stored, data), cancellationToken);
            return parts.Count <= AppendLimits.MaxEvents
                ? [.. parts.Select(part => new Stage(part.Target, Print(step, part.Data), part.Data))]
                : throw Failed(step, string.Create(CultureInfo.InvariantCulture, $"it makes more than {AppendLimits.MaxEvents} events"));
        }
        catch (Exception exception) when (!IsCancelled(exception, cancellationToken)
            && exception is not (StoreThrottledException or StoreUnavailableException or UpcastingFailedException))
        {
            throw Failed(step, $"it threw {exception.GetType().Name}", exception);
        }
    }

    private JsonObjectText Print(UpcastStep step, JsonObject data)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(256, stored.Data.Utf8.Length));
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            data.WriteTo(writer);
        }

        if (buffer.WrittenCount > MaxDataBytes)
        {
            throw Failed(step, string.Create(CultureInfo.InvariantCulture, $"it makes data of more than {MaxDataBytes} bytes"));
        }

        return JsonObjectText.TryParse(buffer.WrittenMemory, out var text, out var violation)
            ? text
            : throw Failed(step, $"it makes data that is not I-JSON at '{violation!.Pointer}'");
    }

    private UpcastingFailedException Failed(UpcastStep step, string detail, Exception? cause = null) =>
        new(stored.Type, stored.SchemaVersion, step.Description.ToString(), detail, cause);

    private static bool IsCancelled(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    /// <summary>How far the event, or one of its parts, has come: its version, and its data as text and, once a step has run, as that step left it.</summary>
    private readonly record struct Stage(EventTypeVersion At, JsonObjectText Text, JsonObject? Tree);
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace QANexus.Testing.Telemetry;

/// <summary>
/// What the event store measures and traces in the flow of the test that made this, and not what other tests do meanwhile: meters and sources are
/// the process's, but what a test calls inherits its context.
/// </summary>
public sealed class RecordedTelemetry : IDisposable
{
    private const string Name = "QANexus.EventStore";

    private static readonly AsyncLocal<RecordedTelemetry?> Current = new();

    private readonly ConcurrentQueue<Measured> measurements = new();
    private readonly ConcurrentQueue<Activity> activities = new();
    private readonly MeterListener meters;
    private readonly ActivityListener traces;

    public RecordedTelemetry()
    {
        Current.Value = this;
        meters = new MeterListener { InstrumentPublished = Listen };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.Start();
        traces = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                Current.Value == this ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(traces);
    }

    /// <summary>Activities that have ended, in that order.</summary>
    public IReadOnlyList<Activity> Activities => [.. activities];

    /// <summary>What an instrument measured, in order, with the tags given and any others.</summary>
    public IReadOnlyList<double> Values(string instrument, params IReadOnlyList<(string Key, string Value)> tags) =>
        [.. measurements.Where(one => one.Instrument == instrument && tags.All(one.Tags.Contains)).Select(static one => one.Value)];

    public void Dispose()
    {
        meters.Dispose();
        traces.Dispose();
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == Name)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Current.Value == this)
        {
            measurements.Enqueue(new Measured(
                instrument.Name, value, [.. tags.ToArray().Select(static tag => (tag.Key, tag.Value?.ToString() ?? string.Empty))]));
        }
    }

    private void Add(Activity activity)
    {
        if (Current.Value == this)
        {
            activities.Enqueue(activity);
        }
    }

    private sealed record Measured(string Instrument, double Value, IReadOnlyList<(string Key, string Value)> Tags);
}

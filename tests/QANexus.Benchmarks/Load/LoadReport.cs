using System.Globalization;

namespace QANexus.Benchmarks.Load;

/// <summary>What a run measured. Latencies in milliseconds.</summary>
/// <param name="Loop"><c>closed</c>, or <c>open</c> with latencies from the intended start.</param>
/// <param name="Rate">Appends a second that were to arrive; null in the closed loop.</param>
/// <param name="Writers">Appends under way at a time, at most.</param>
/// <param name="Readers">Readers.</param>
/// <param name="Streams">Streams written to.</param>
/// <param name="Batch">Events of an append.</param>
/// <param name="Bytes">Bytes of an event's data.</param>
/// <param name="Seconds">How long it took from the end of the warm-up to the last answer.</param>
/// <param name="AppendsPerSecond">Appends stored a second.</param>
/// <param name="EventsPerSecond">Events stored a second.</param>
/// <param name="Appends">Latencies of appends stored.</param>
/// <param name="Reads">Latencies of reads.</param>
/// <param name="Conflicts">Appends that another writer was faster than.</param>
/// <param name="Errors">Everything else that was no success.</param>
/// <param name="Client">What this program used.</param>
/// <param name="Host">What the host used; null where its process was not named.</param>
internal sealed record LoadReport(
    string Loop,
    double? Rate,
    int Writers,
    int Readers,
    int Streams,
    int Batch,
    int Bytes,
    double Seconds,
    double AppendsPerSecond,
    double EventsPerSecond,
    LatencySummary Appends,
    LatencySummary Reads,
    long Conflicts,
    IReadOnlyDictionary<string, long> Errors,
    SideUsage Client,
    SideUsage? Host)
{
    public static LoadReport Of(LoadOptions options, LoadTally tally, ResourceUsage usage)
    {
        var seconds = usage.Elapsed.TotalSeconds;
        return new LoadReport(
            options.Rate is null ? "closed" : "open", options.Rate, options.Writers, options.Readers, options.Streams, options.Batch, options.Bytes, seconds,
            tally.Appends.Count / seconds, tally.Appends.Count * options.Batch / seconds, LatencySummary.Of(tally.Appends), LatencySummary.Of(tally.Reads),
            tally.Conflicts, tally.Errors, usage.Client!, usage.Host);
    }

    public IEnumerable<string> ToLines()
    {
        yield return Text($"{Loop} loop{(Rate is { } rate ? Text($", {rate:0.#} appends/s intended") : "")}, {Writers} writers, {Readers} readers, {Streams} streams, {Batch} events of {Bytes} B an append, {Seconds:0.0} s");
        yield return Text($"appends   {AppendsPerSecond:N0}/s, {EventsPerSecond:N0} events/s; {Appends}");
        if (Reads.Count > 0)
        {
            yield return Text($"reads     {Reads.Count / Seconds:N0}/s; {Reads}");
        }

        yield return Text($"conflicts {Conflicts:N0}");
        yield return $"errors    {(Errors.Count == 0 ? "none" : string.Join(", ", Errors.Select(static error => Text($"{error.Key}: {error.Value:N0}"))))}";
        yield return Text($"client    {Client.Cores:0.00} cores, {Client.MemoryMiB:N0} MiB, {Client.PeakMemoryMiB:N0} MiB at most");
        if (Host is not null)
        {
            yield return Text($"host      {Host.Cores:0.00} cores, {Host.MemoryMiB:N0} MiB, {Host.PeakMemoryMiB:N0} MiB at most");
        }
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>How long requests took, in milliseconds.</summary>
internal sealed record LatencySummary(long Count, double P50, double P95, double P99, double P999, double Max)
{
    public static LatencySummary Of(LatencyHistogram histogram) => new(
        histogram.Count, Milliseconds(histogram, 50), Milliseconds(histogram, 95), Milliseconds(histogram, 99), Milliseconds(histogram, 99.9),
        histogram.Max.TotalMilliseconds);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p50 {P50:0.0} ms, p95 {P95:0.0}, p99 {P99:0.0}, p99.9 {P999:0.0}, max {Max:0.0}");

    private static double Milliseconds(LatencyHistogram histogram, double percent) => histogram.Percentile(percent).TotalMilliseconds;
}

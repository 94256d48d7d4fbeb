using System.Diagnostics;

namespace QANexus.Benchmarks.Load;

/// <summary>CPU time and memory of this process and of the host's between two moments.</summary>
internal sealed class ResourceUsage(int? hostId) : IDisposable
{
    private readonly Process client = Process.GetCurrentProcess();
    private readonly Process? host = hostId is { } id ? Process.GetProcessById(id) : null;
    private TimeSpan clientBefore;
    private TimeSpan hostBefore;
    private long started;

    public TimeSpan Elapsed { get; private set; }

    public SideUsage? Client { get; private set; }

    /// <summary>Null where the host's process is not known.</summary>
    public SideUsage? Host { get; private set; }

    public void Start()
    {
        started = Stopwatch.GetTimestamp();
        clientBefore = client.TotalProcessorTime;
        hostBefore = host?.TotalProcessorTime ?? TimeSpan.Zero;
    }

    public void Stop()
    {
        Elapsed = Stopwatch.GetElapsedTime(started);
        Client = Measure(client, clientBefore);
        Host = host is null ? null : Measure(host, hostBefore);
    }

    public void Dispose()
    {
        client.Dispose();
        host?.Dispose();
    }

    private SideUsage Measure(Process process, TimeSpan before)
    {
        process.Refresh();
        return new SideUsage((process.TotalProcessorTime - before) / Elapsed, process.WorkingSet64 / 1_048_576.0, process.PeakWorkingSet64 / 1_048_576.0);
    }
}

/// <summary>What one side of a run used.</summary>
/// <param name="Cores">CPU time for each second: 1 is one core.</param>
/// <param name="MemoryMiB">Memory that it held at the end.</param>
/// <param name="PeakMemoryMiB">The most that it ever held.</param>
internal sealed record SideUsage(double Cores, double MemoryMiB, double PeakMemoryMiB);

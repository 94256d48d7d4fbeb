using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace QANexus.LocalHost.Tests.Processes;

/// <summary>The local host as its users run it: a process of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string LocalHost = "QANexus.LocalHost.dll";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process process;
    private readonly StringBuilder error = new();
    private readonly List<string> output = [];

    private HostProcess(Process process) => this.process = process;

    /// <summary>What it has said on its standard output.</summary>
    public IReadOnlyList<string> Output => output;

    /// <summary>What it has said on its standard error stream.</summary>
    public string Error
    {
        get
        {
            lock (error)
            {
                return error.ToString();
            }
        }
    }

    public Uri ApiAddress => new(new Uri(Said("API")).GetLeftPart(UriPartial.Authority));

    /// <summary>Starts it and waits until it says that it runs.</summary>
    public static Task<HostProcess> StartAsync(params string[] arguments) => StartProgramAsync(LocalHost, arguments);

    /// <summary>The same of another program that hosts it.</summary>
    public static async Task<HostProcess> StartProgramAsync(string program, string[] arguments)
    {
        var host = Launch(program, arguments);
        using var patience = new CancellationTokenSource(Patience);
        while (await host.process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            host.output.Add(line);
            if (line.StartsWith("Ctrl+C", StringComparison.Ordinal))
            {
                return host;
            }
        }

        await host.process.WaitForExitAsync(patience.Token);
        var said = host.Error;
        await host.DisposeAsync();
        throw new InvalidOperationException($"The host did not start: {said}");
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var host = Launch(LocalHost, arguments);
        using var patience = new CancellationTokenSource(Patience);
        var said = await host.process.StandardOutput.ReadToEndAsync(patience.Token);
        await host.process.WaitForExitAsync(patience.Token);
        return (host.process.ExitCode, said, host.Error);
    }

    /// <summary>What follows a word at the beginning of a line.</summary>
    public string Said(string name) => output.Select(static line => line.Trim())
        .Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[name.Length..].Trim();

    /// <summary>Asks it to stop, as service managers and containers do.</summary>
    public async Task<(int ExitCode, string Error)> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, Error);
    }

    /// <summary>Ends it without a word, as a power cut does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            lock (error)
            {
                error.AppendLine(line);
            }
        }
    }

    private static HostProcess Launch(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, program) },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var host = new HostProcess(Process.Start(start)!);
        host.process.ErrorDataReceived += (_, line) => host.Hear(line.Data);
        host.process.BeginErrorReadLine();
        return host;
    }
}

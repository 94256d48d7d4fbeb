using System.ComponentModel;
using System.Diagnostics;

namespace QANexus.Testing.Node;

/// <summary>Runs scripts for Node.js that lie beside tests.</summary>
/// <param name="folder">Where script and locked packages are.</param>
public sealed class NodeProgram(string folder)
{
    /// <summary>Installs the locked packages; where they are, nothing is to be done.</summary>
    /// <returns>Null where there is no npm.</returns>
    public Task<(bool Succeeded, string Output)?> InstallAsync() => RunAsync(
        OperatingSystem.IsWindows() ? "npm.cmd" : "npm", TimeSpan.FromMinutes(3), input: string.Empty, "install", "--no-save", "--no-audit", "--no-fund");

    /// <summary>Runs a script with a text as its input.</summary>
    /// <returns>Null where there is no Node.js; where it failed, what it said of that is in the output.</returns>
    public Task<(bool Succeeded, string Output)?> RunAsync(string input, params string[] arguments) =>
        RunAsync("node", TimeSpan.FromMinutes(1), input, arguments);

    private async Task<(bool Succeeded, string Output)?> RunAsync(string program, TimeSpan limit, string input, params string[] arguments)
    {
        using var process = TryStart(program, arguments);
        if (process is null)
        {
            return null;
        }

        using var deadline = new CancellationTokenSource(limit, TimeProvider.System);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await using (process.StandardInput)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
            }

            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 ? (true, await output) : (false, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (false, $"'{program} {string.Join(' ', arguments)}' did not end within {limit}.");
        }
    }

    private Process? TryStart(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

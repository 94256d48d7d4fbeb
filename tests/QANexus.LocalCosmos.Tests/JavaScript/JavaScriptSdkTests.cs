using System.ComponentModel;
using System.Diagnostics;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Tests.Conformance;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.JavaScript;

/// <summary>Runs suite.mjs, which drives the JavaScript SDK, against an account on a port. Needs Node.js 20 and npm; says so where there are none.</summary>
public sealed class JavaScriptSdkTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "JavaScript");

    [SkippableFact]
    [Proves(Area.Clients, "the JavaScript SDK, `@azure/cosmos` 4.9: items, ETags, batches, bulk, queries over partitions, change feed")]
    public async Task The_javascript_sdk_works()
    {
        // A no-op once the locked packages are in the output folder.
        var (installed, installation) = await RunAsync(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm", TimeSpan.FromMinutes(3), "install", "--no-save", "--no-audit", "--no-fund");
        Assert.True(installed, installation);
        await using var cosmos = await CosmosFixture.OpenAsync(Transport.Port);

        var (passed, output) = await RunAsync("node", TimeSpan.FromMinutes(1), "suite.mjs", cosmos.Endpoint.AbsoluteUri, WellKnownKey.Value);

        Assert.True(passed, output);
        Assert.Equal(9, output.Split('\n').Count(line => line.StartsWith("passed: ", StringComparison.Ordinal)));
    }

    private static async Task<(bool Succeeded, string Output)> RunAsync(string program, TimeSpan limit, params string[] arguments)
    {
        using var process = TryStart(program, arguments);
        Skip.If(process is null, $"There is no '{program}' on the PATH.");
        using var deadline = new CancellationTokenSource(limit, TimeProvider.System);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode == 0, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (false, $"'{program} {string.Join(' ', arguments)}' did not end within {limit}.");
        }
    }

    private static Process? TryStart(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = s_folder,
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

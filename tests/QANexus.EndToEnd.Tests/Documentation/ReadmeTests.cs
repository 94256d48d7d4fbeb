using System.Diagnostics;
using System.Runtime.CompilerServices;
using QANexus.EndToEnd.Tests.Hosting;

namespace QANexus.EndToEnd.Tests.Documentation;

/// <summary>What the README shows is run, in its order and as it stands there; only the address is another.</summary>
[Collection(SystemCollection.Name)]
public sealed class ReadmeTests(SystemUnderTest system)
{
    [SkippableFact]
    public async Task Every_curl_of_the_readme_works_when_pasted()
    {
        Skip.IfNot(File.Exists("/bin/sh") && CanRun("curl"), "The commands need a shell and curl.");
        var commands = Commands(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "README.md")));
        Assert.True(commands.Count >= 6, "The README shows fewer commands than it did.");
        // A tenant of this run's own, so that the stream is new whatever ran before.
        var tenant = $"readme-{Guid.CreateVersion7():N}";
        foreach (var command in commands)
        {
            var output = await RunAsync(command
                .Replace("http://localhost:7071", system.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
                .Replace("/tenants/acme/", $"/tenants/{tenant}/", StringComparison.Ordinal));
            Assert.DoesNotContain("urn:qanexus:problem", output, StringComparison.Ordinal);
            Assert.Contains("{", output, StringComparison.Ordinal);
        }
    }

    /// <summary>Its blocks are scripts. One that never ends by itself is over when its first event has come.</summary>
    [SkippableFact]
    public async Task Every_script_of_the_guide_works_when_pasted()
    {
        Skip.IfNot(File.Exists("/bin/sh") && CanRun("curl"), "The commands need a shell and curl.");
        var guide = (await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "docs/event-store-guide.md"))).ReplaceLineEndings("\n");
        var scripts = guide.Split("```sh\n").Skip(1).Select(static block => block.Split("```")[0]).ToList();
        Assert.True(scripts.Count >= 3, "The guide shows fewer scripts than it did.");
        var tenant = $"guide-{Guid.CreateVersion7():N}";
        foreach (var script in scripts)
        {
            var command = script
                .Replace("http://localhost:7071", system.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
                .Replace("/tenants/acme/", $"/tenants/{tenant}/", StringComparison.Ordinal).Trim();
            var output = await RunAsync(command.StartsWith("curl -N ", StringComparison.Ordinal) ? command + " | sed '/^data:/q'" : command);
            Assert.DoesNotContain("urn:qanexus:problem", output, StringComparison.Ordinal);
            Assert.Contains("{", output, StringComparison.Ordinal);
        }
    }

    /// <summary>The commands of all code blocks; one that ends in a backslash goes on in the next line.</summary>
    private static List<string> Commands(string markdown) =>
    [
        .. markdown.ReplaceLineEndings("\n").Split("```").Where(static (_, index) => index % 2 == 1)
            .SelectMany(static block => block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Select(static line => line.Trim())
            .Where(static line => line.StartsWith("curl ", StringComparison.Ordinal)),
    ];

    private static async Task<string> RunAsync(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{command} ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync()}");
        return output;
    }

    private static bool CanRun(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string RepositoryRoot([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../.."));
}

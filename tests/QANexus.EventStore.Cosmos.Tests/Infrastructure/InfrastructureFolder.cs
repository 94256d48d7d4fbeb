using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>The templates in <c>infra/</c>, and the program that compiles them.</summary>
internal static class InfrastructureFolder
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../infra"));

    public static Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(Root, name));

    /// <summary>What Bicep says on its two streams, warnings and errors on the second.</summary>
    public static async Task<(string Output, string Complaints)> RunBicepAsync(params string[] arguments)
    {
        var path = typeof(InfrastructureFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(static metadata => metadata.Key == "BicepPath")?.Value;
        Skip.If(path is null || !File.Exists(path), "Bicep's compiler comes as a package for Linux on x64 only.");

        if (!OperatingSystem.IsWindows())
        {
            // A package's files are not always marked as programs.
            File.SetUnixFileMode(path!, File.GetUnixFileMode(path!) | UnixFileMode.UserExecute);
        }

        using var process = Process.Start(new ProcessStartInfo(path!, arguments)
        {
            WorkingDirectory = Root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (await output, complaints);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

using System.CommandLine;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Commands;

/// <summary>How a command names the running host that it works with, and reaches it.</summary>
internal static class HostAddress
{
    public static Option<Uri?> CreateOption() => new("--url")
    {
        Description = "Where the host is.",
        HelpName = "BASE",
        CustomParser = ArgumentParsing.HttpAddress,
        DefaultValueFactory = static _ => new Uri(ImportOptions.DefaultBaseAddress),
    };

    /// <summary>The way there: a host on this machine is not behind a proxy, and none sends its callers elsewhere.</summary>
    public static SocketsHttpHandler CreateHandler(Uri address) => new() { UseProxy = !address.IsLoopback, AllowAutoRedirect = false };
}

using System.CommandLine;
using System.CommandLine.Parsing;
using QANexus.EventStore.Streams;
using QANexus.LocalHost.Demo;

namespace QANexus.LocalHost.Commands;

/// <summary>Plays the life of a requirement and of a release on a running host.</summary>
internal sealed class DemoCommand : Command
{
    private readonly Option<Uri?> url = new("--url")
    {
        Description = "Where the host is.",
        HelpName = "BASE",
        CustomParser = ArgumentParsing.HttpAddress,
        DefaultValueFactory = static _ => new Uri(DemoOptions.DefaultBaseAddress),
    };

    private readonly Option<string?> tenant = new("--tenant")
    {
        Description = "In whose name; a new tenant where nothing is said.",
        HelpName = "TENANT",
        CustomParser = ReadTenant,
    };

    public DemoCommand()
        : base("demo", "Play a requirement, a sprint, tests, bugs and a release on a running host, and tell what happens.")
    {
        Options.Add(url);
        Options.Add(tenant);
        SetAction(RunAsync);
    }

    public DemoOptions Read(ParseResult arguments) => new()
    {
        BaseAddress = arguments.GetRequiredValue(url)!, Tenant = arguments.GetValue(tenant),
    };

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken stopping)
    {
        var configuration = arguments.InvocationConfiguration;
        var options = Read(arguments);
        using var handler = new SocketsHttpHandler { UseProxy = !options.BaseAddress.IsLoopback, AllowAutoRedirect = false };
        return await new DemoRun(handler, configuration.Output, configuration.Error, TimeProvider.System).RunAsync(options, stopping);
    }

    private static string? ReadTenant(ArgumentResult result)
    {
        var text = ArgumentParsing.NotEmpty(result);
        if (text is not null && !TenantId.TryParse(text, out _))
        {
            result.AddError($"--tenant must be 1-64 of a-z, 0-9 and '-', starting with a letter or digit, not '{text}'.");
        }

        return text;
    }
}

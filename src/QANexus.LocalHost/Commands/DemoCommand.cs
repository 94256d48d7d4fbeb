using System.CommandLine;
using QANexus.EventStore.Streams;
using QANexus.LocalHost.Demo;

namespace QANexus.LocalHost.Commands;

/// <summary>Plays the life of a requirement and of a release on a running host.</summary>
internal sealed class DemoCommand : Command
{
    private readonly Option<Uri?> url = HostAddress.CreateOption();

    private readonly Option<TenantId?> tenant = new("--tenant")
    {
        Description = "In whose name; a new tenant where nothing is said.",
        HelpName = "TENANT",
        CustomParser = ArgumentParsing.Tenant,
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
        BaseAddress = arguments.GetRequiredValue(url)!, Tenant = arguments.GetValue(tenant)?.Value,
    };

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken stopping)
    {
        var configuration = arguments.InvocationConfiguration;
        var options = Read(arguments);
        using var handler = HostAddress.CreateHandler(options.BaseAddress);
        return await new DemoRun(handler, configuration.Output, configuration.Error, TimeProvider.System).RunAsync(options, stopping);
    }
}

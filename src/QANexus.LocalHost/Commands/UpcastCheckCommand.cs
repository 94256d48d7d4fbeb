using System.CommandLine;
using System.CommandLine.Parsing;
using QANexus.EventStore.Streams;
using QANexus.LocalHost.Checking;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Commands;

/// <summary>Tries out this build's upcasting on everything that is stored.</summary>
internal sealed class UpcastCheckCommand : Command
{
    private readonly Option<TenantId?> tenant = new("--tenant")
    {
        Description = "Whose events; everybody's where nothing is said.",
        HelpName = "TENANT",
        CustomParser = ArgumentParsing.Tenant,
    };

    private readonly Option<string> data = new("--data")
    {
        Description = "The folder that keeps the data; no host may be running on it.",
        HelpName = "DIR",
        CustomParser = ArgumentParsing.NotEmpty,
        DefaultValueFactory = static _ => LocalHostOptions.DefaultDataDirectory,
    };

    private readonly Option<Uri?> cosmosEndpoint = new("--cosmos-endpoint")
    {
        Description = "Read from this Cosmos DB endpoint instead, a running host's included.",
        HelpName = "URL",
        CustomParser = ArgumentParsing.HttpAddress,
    };

    private readonly Option<string?> cosmosKey = new("--cosmos-key")
    {
        Description = $"The endpoint's key, better given in {ServeCommand.KeyVariable}.",
        HelpName = "KEY",
    };

    public UpcastCheckCommand()
        : base("upcast-check", "Upcast every stored event without writing anything, and tell how many pass, change and fail. Exit code 1: some fail; 2: the check did not get through.")
    {
        foreach (var option in (ReadOnlySpan<Option>)[tenant, data, cosmosEndpoint, cosmosKey])
        {
            Options.Add(option);
        }

        Validators.Add(CheckCombination);
        SetAction(RunAsync);
    }

    private Task<int> RunAsync(ParseResult arguments, CancellationToken stopping)
    {
        var options = new LocalHostOptions
        {
            DataDirectory = arguments.GetRequiredValue(data),
            CosmosPort = 0,
            CosmosEndpoint = arguments.GetValue(cosmosEndpoint),
            CosmosKey = arguments.GetValue(cosmosKey) ?? Environment.GetEnvironmentVariable(ServeCommand.KeyVariable),
        };
        var configuration = arguments.InvocationConfiguration;
        return new UpcastCheckRun(configuration.Output, configuration.Error).RunAsync(options, arguments.GetValue(tenant), stopping);
    }

    private void CheckCombination(CommandResult command)
    {
        if (command.GetResult(cosmosEndpoint) is { Implicit: false } && command.GetResult(data) is { Implicit: false })
        {
            command.AddError($"{data.Name} and {cosmosEndpoint.Name} exclude each other.");
        }
        else if (command.GetResult(cosmosKey) is { Implicit: false } && command.GetResult(cosmosEndpoint) is not { Implicit: false })
        {
            command.AddError($"{cosmosKey.Name} goes with {cosmosEndpoint.Name}.");
        }
    }
}

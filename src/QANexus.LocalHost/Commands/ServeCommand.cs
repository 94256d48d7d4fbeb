using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalHost.Hosting;
using QANexus.LocalHost.Terminal;

namespace QANexus.LocalHost.Commands;

/// <summary>Runs everything until it is told to stop. What the program does when no other command is named.</summary>
internal sealed class ServeCommand : RootCommand
{
    public const string KeyVariable = "QANEXUS_COSMOS_KEY";

    private readonly Option<string> data = new("--data")
    {
        Description = "The folder that keeps the data; made where it does not exist.",
        HelpName = "DIR",
        CustomParser = ArgumentParsing.NotEmpty,
        DefaultValueFactory = static _ => LocalHostOptions.DefaultDataDirectory,
    };

    private readonly Option<int> port = new("--port")
    {
        Description = "Where the API listens, on this machine only; 0 takes a free port.",
        HelpName = "PORT",
        CustomParser = ArgumentParsing.Port,
        DefaultValueFactory = static _ => LocalHostOptions.DefaultPort,
    };

    private readonly Option<int> cosmosPort = new("--cosmos-port")
    {
        Description = "Where LocalCosmos listens, on this machine only; 0 takes a free port.",
        HelpName = "PORT",
        CustomParser = ArgumentParsing.Port,
        DefaultValueFactory = static _ => LocalHostOptions.DefaultCosmosPort,
    };

    private readonly Option<bool> inMemory = new("--in-memory") { Description = "Keep nothing on the disk: the data ends with the process." };

    private readonly Option<IReadOnlyList<FaultRule>> fault = new("--fault")
    {
        Description = "Something that goes wrong in LocalCosmos; may be given several times. A status or the name of a fault, then name=value: "
            + "\"429 retryAfter=100ms requests=writes container=events probability=0.1 seed=7\", \"LostResponse requests=Batch times=3\".",
        HelpName = "RULE",
        CustomParser = ArgumentParsing.Faults,
        DefaultValueFactory = static _ => [],
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int?> throughput = new("--throughput")
    {
        Description = "Throttle every container of LocalCosmos to this many request units a second, with 429 and the time to wait.",
        HelpName = "RU",
        CustomParser = static result => ArgumentParsing.Number(result, LocalHostOptions.MinThroughput, LocalHostOptions.MaxThroughput),
    };

    private readonly Option<bool> control = new("--control-api")
    {
        Description = "Let programs on this machine add faults, split partitions and move the clock, under /_local on LocalCosmos's port.",
    };

    private readonly Option<Uri?> cosmosEndpoint = new("--cosmos-endpoint")
    {
        Description = "Run over this Cosmos DB endpoint instead of LocalCosmos.",
        HelpName = "URL",
        CustomParser = ArgumentParsing.HttpAddress,
    };

    private readonly Option<string?> cosmosKey = new("--cosmos-key")
    {
        Description = $"The endpoint's key, better given in {KeyVariable}. Without one a loopback endpoint is opened with the emulators' well-known key, any other with your Azure identity.",
        HelpName = "KEY",
    };

    private readonly Option<bool> enableClear = new("--enable-clear")
    {
        Description = "Let callers remove everything that a tenant has: DELETE /tenants/{tenant}/events. Once used over some data, always give it with them.",
    };

    private readonly Option<bool> verbose = new("--verbose") { Description = "Log what happens, not only what goes wrong." };

    public ServeCommand()
        : base("The QANexus event store on this machine: the API, and LocalCosmos below it.")
    {
        foreach (var option in (ReadOnlySpan<Option>)[data, port, cosmosPort, inMemory, fault, throughput, control, cosmosEndpoint, cosmosKey, enableClear, verbose])
        {
            Options.Add(option);
        }

        Validators.Add(CheckCombination);
        SetAction(RunAsync);
    }

    public LocalHostOptions Read(ParseResult arguments) => new()
    {
        DataDirectory = arguments.GetRequiredValue(data),
        Port = arguments.GetRequiredValue(port),
        CosmosPort = arguments.GetRequiredValue(cosmosPort),
        InMemory = arguments.GetValue(inMemory),
        Faults = arguments.GetRequiredValue(fault),
        Throughput = arguments.GetValue(throughput),
        HasControlApi = arguments.GetValue(control),
        CosmosEndpoint = arguments.GetValue(cosmosEndpoint),
        CosmosKey = arguments.GetValue(cosmosKey) ?? Environment.GetEnvironmentVariable(KeyVariable),
        EnableClear = arguments.GetValue(enableClear),
        MinimumLogLevel = arguments.GetValue(verbose) ? LogLevel.Information : LogLevel.Warning,
    };

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken stopping)
    {
        var options = Read(arguments) with
        {
            Telemetry = HostTelemetry.ReadEnvironment(),
            ConfigurePolicies = new ConfigurationBuilder().AddEnvironmentVariables().Build().GetSection("Policies").Bind,
        };
        try
        {
            await using var application = await LocalHostApplication.StartAsync(options, stopping);
            StartBanner.Write(arguments.InvocationConfiguration.Output, application, options);
            await Task.Delay(Timeout.InfiniteTimeSpan, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping is how serving ends.
        }
        catch (LocalHostStartException failure)
        {
            await arguments.InvocationConfiguration.Error.WriteLineAsync(failure.Message);
            return CommandLine.Failed;
        }

        return 0;
    }

    private void CheckCombination(CommandResult command)
    {
        Option? local = Array.Find<Option>([data, inMemory, cosmosPort, fault, throughput, control], Given);
        if (Given(cosmosEndpoint) && local is not null)
        {
            command.AddError($"{local.Name} is about LocalCosmos, which {cosmosEndpoint.Name} replaces.");
        }
        else if (Given(cosmosKey) && !Given(cosmosEndpoint))
        {
            command.AddError($"{cosmosKey.Name} goes with {cosmosEndpoint.Name}.");
        }
        else if (Given(data) && Given(inMemory))
        {
            command.AddError($"{data.Name} and {inMemory.Name} exclude each other.");
        }

        bool Given(Option option) => command.GetResult(option) is { Implicit: false };
    }
}

using System.CommandLine;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Commands;

/// <summary>Appends a file to a running host.</summary>
internal sealed class ImportCommand : Command
{
    private readonly Argument<string> file = new("FILE")
    {
        Description = "One append request a line, in JSON: tenantId, aggregateType, aggregateId, commitId, metadata, events.",
        CustomParser = ArgumentParsing.NotEmpty,
    };

    private readonly Option<Uri?> url = HostAddress.CreateOption();

    private readonly Option<int> concurrency = new("--concurrency")
    {
        Description = "Appends under way at a time.",
        HelpName = "N",
        CustomParser = static result => ArgumentParsing.Number(result, 1, ImportOptions.MaxConcurrency),
        DefaultValueFactory = static _ => ImportOptions.DefaultConcurrency,
    };

    public ImportCommand()
        : base("import", "Append a file of append requests to a running host, each line once however often it is imported.")
    {
        Arguments.Add(file);
        Options.Add(url);
        Options.Add(concurrency);
        SetAction(RunAsync);
    }

    public ImportOptions Read(ParseResult arguments) => new()
    {
        File = arguments.GetRequiredValue(file),
        BaseAddress = arguments.GetRequiredValue(url)!,
        Concurrency = arguments.GetRequiredValue(concurrency),
    };

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken stopping)
    {
        var configuration = arguments.InvocationConfiguration;
        var options = Read(arguments);
        using var handler = HostAddress.CreateHandler(options.BaseAddress);
        var run = new ImportRun(handler, configuration.Output, configuration.Error, isTerminal: !Console.IsErrorRedirected, TimeProvider.System);
        return await run.RunAsync(options, stopping);
    }
}

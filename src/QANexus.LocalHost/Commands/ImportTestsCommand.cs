using System.CommandLine;
using QANexus.EventStore.Streams;
using QANexus.LocalHost.TestReports;

namespace QANexus.LocalHost.Commands;

/// <summary>Imports test reports into a running host.</summary>
internal sealed class ImportTestsCommand : Command
{
    public const string TokenVariable = "QANEXUS_TOKEN";

    private readonly Argument<string[]> files = new("FILE")
    {
        Description = "Reports: JUnit XML or TRX.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<Uri?> url = HostAddress.CreateOption();

    private readonly Option<TenantId?> tenant = new("--tenant")
    {
        Description = "Whose tests they are.",
        HelpName = "TENANT",
        CustomParser = ArgumentParsing.Tenant,
        Required = true,
    };

    private readonly Option<string?> sprint = new("--sprint") { Description = "The sprint that the runs are for.", HelpName = "ID" };

    private readonly Option<string?> release = new("--release") { Description = "The release that the runs are for.", HelpName = "ID" };

    private readonly Option<string?> token = new("--token")
    {
        Description = $"A bearer token, if the host wants one; better given as {TokenVariable}, which no list of processes shows.",
        HelpName = "TOKEN",
    };

    public ImportTestsCommand()
        : base("import-tests", "Import test reports into a running host, each content once however often it is imported.")
    {
        Arguments.Add(files);
        foreach (var option in (ReadOnlySpan<Option>)[url, tenant, sprint, release, token])
        {
            Options.Add(option);
        }

        files.Validators.Add(static result =>
        {
            if (result.Tokens.Any(static token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError("FILE must not be empty.");
            }
        });
        SetAction(RunAsync);
    }

    public ReportUploadOptions Read(ParseResult arguments) => new()
    {
        Files = arguments.GetRequiredValue(files),
        BaseAddress = arguments.GetRequiredValue(url)!,
        Tenant = arguments.GetRequiredValue(tenant)!.Value.Value,
        Sprint = arguments.GetValue(sprint),
        Release = arguments.GetValue(release),
        Token = arguments.GetValue(token) ?? Environment.GetEnvironmentVariable(TokenVariable),
    };

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken stopping)
    {
        var configuration = arguments.InvocationConfiguration;
        var options = Read(arguments);
        using var handler = HostAddress.CreateHandler(options.BaseAddress);
        return await new ReportUploadRun(handler, configuration.Output, configuration.Error, TimeProvider.System).RunAsync(options, stopping);
    }
}

using System.CommandLine;
using QANexus.Api.Authentication;
using QANexus.LocalHost.Authentication;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Commands;

/// <summary>Prints a token for this machine's hosts, to try what a role may do.</summary>
internal sealed class TokenCommand : Command
{
    private const int LongestDays = 365;

    private readonly Argument<string[]> grants = new("GRANT")
    {
        Description = $"What it grants: TENANT:ROLE, the tenant * for every one. Roles: {string.Join(", ", RoleNames.All)}.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> name = new("--name")
    {
        Description = "Who the bearer is: appends are recorded under it.",
        HelpName = "NAME",
        CustomParser = ArgumentParsing.NotEmpty,
        DefaultValueFactory = static _ => "developer",
    };

    private readonly Option<int> days = new("--days")
    {
        Description = "How long it is valid.",
        HelpName = "N",
        CustomParser = static result => ArgumentParsing.Number(result, 1, LongestDays),
        DefaultValueFactory = static _ => 1,
    };

    private readonly Option<string> data = new("--data")
    {
        Description = "The data folder of the hosts that shall take it.",
        HelpName = "DIR",
        CustomParser = ArgumentParsing.NotEmpty,
        DefaultValueFactory = static _ => LocalHostOptions.DefaultDataDirectory,
    };

    public TokenCommand()
        : base("token", "Print a bearer token for the host on a data folder.")
    {
        Arguments.Add(grants);
        foreach (var option in (ReadOnlySpan<Option>)[name, days, data])
        {
            Options.Add(option);
        }

        grants.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => !RoleNames.IsGrant(token.Value)))
            {
                result.AddError($"'{token.Value}' grants nothing: it must be TENANT:ROLE, the role one of {string.Join(", ", RoleNames.All)}.");
            }
        });
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        var configuration = arguments.InvocationConfiguration;
        try
        {
            var tokens = DevelopmentTokens.Open(arguments.GetRequiredValue(data));
            configuration.Output.WriteLine(tokens.Create(
                arguments.GetRequiredValue(name), arguments.GetRequiredValue(grants), TimeSpan.FromDays(arguments.GetRequiredValue(days))));
            return 0;
        }
        catch (LocalHostStartException failure)
        {
            configuration.Error.WriteLine(failure.Message);
            return CommandLine.Failed;
        }
    }
}

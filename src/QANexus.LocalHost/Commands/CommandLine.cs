using System.CommandLine;
using System.CommandLine.Invocation;
using QANexus.LocalHost.Checking;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Commands;

/// <summary>The program's command line.</summary>
internal static class CommandLine
{
    /// <summary>The exit code of what could not be done.</summary>
    public const int Failed = 1;

    /// <summary>How long stopping may take after Ctrl+C or SIGTERM before the process ends regardless.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(25);

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var import = new ImportCommand();
        var importTests = new ImportTestsCommand();
        var check = new UpcastCheckCommand();
        var parsed = new ServeCommand { import, importTests, check, new TokenCommand(), new DemoCommand() }.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            await error.WriteLineAsync($"{parsed.Errors[0].Message} (--help tells more.)");
            var command = parsed.CommandResult.Command;
            return command == import || command == importTests ? ImportRun.Unusable : command == check ? UpcastCheckRun.Unusable : Failed;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = StopTime });
    }
}

using System.CommandLine;
using System.CommandLine.Invocation;

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
        var parsed = new ServeCommand { import, new TokenCommand() }.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            await error.WriteLineAsync($"{parsed.Errors[0].Message} (--help tells more.)");
            return parsed.CommandResult.Command == import ? Importing.ImportRun.Unusable : Failed;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = StopTime });
    }
}

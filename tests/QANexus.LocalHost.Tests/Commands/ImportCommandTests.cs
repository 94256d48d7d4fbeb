using QANexus.LocalHost.Commands;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Tests.Commands;

public sealed class ImportCommandTests
{
    [Fact]
    public void A_file_is_imported_into_the_host_on_this_machine_unless_told_otherwise()
    {
        Assert.Equal(new ImportOptions { File = "f", BaseAddress = new Uri("http://localhost:7071"), Concurrency = 16 }, Read("f"));
        Assert.Equal(
            new ImportOptions { File = "f", BaseAddress = new Uri("https://acme.example/base"), Concurrency = 3 },
            Read("f", "--url", "https://acme.example/base", "--concurrency", "3"));
    }

    [Theory]
    [InlineData("--url must be an http or https URL, not 'localhost'.", "f", "--url", "localhost")]
    [InlineData("--concurrency must be a number from 1 to 256, not '0'.", "f", "--concurrency", "0")]
    [InlineData("FILE must not be empty.", "")]
    public async Task A_wrong_option_is_one_line_and_exit_code_2_as_nothing_was_imported(string message, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(2, await CommandLine.RunAsync(["import", .. arguments], output, error));

        Assert.Equal($"{message} (--help tells more.){Environment.NewLine}", error.ToString());
    }

    private static ImportOptions Read(params string[] arguments)
    {
        var command = new ImportCommand();
        return command.Read(command.Parse(arguments));
    }
}
